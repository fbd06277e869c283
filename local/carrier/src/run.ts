import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError, formatFaults, systemClock } from '@vestibule/core';
import type { Arguments } from './arguments.ts';
import { type CallOptions, type CallParts, placeCall } from './call.ts';
import { Conversation } from './conversation.ts';
import { openEars } from './ears.ts';
import type { CarrierEvent, TimedEvent } from './events.ts';
import { expectedPhrases, makeMind, type Mind, sayings } from './mind.ts';
import { parsePersona, type Persona } from './persona.ts';
import { Playback, type Recording } from './playback.ts';
import { questionnaireItems } from './questionnaire-items.ts';
import { synthesiser } from './voice.ts';
import { parseWav, telephoneSamples } from './wav.ts';

/** One call as the command line asks for it. Returns the summary, with the path of the recording. */
export async function run(
  options: Arguments,
  onEvent: (event: TimedEvent) => void,
  signal?: AbortSignal,
): Promise<Extract<CarrierEvent, { event: 'summary' }>> {
  const persona = options.persona === undefined ? undefined : await readPersona(options.persona);
  const questionnaire = options.questionnaire ?? questionnaireOf(persona, options.persona);
  const items =
    questionnaire === undefined ? [] : questionnaireItems(await readText(questionnaire), questionnaire);
  const recordings = await Promise.all(options.wavs.map(readRecording));
  const mind = persona && recordings.length === 0 ? makeMind(persona, items) : undefined;
  const ears = mind && (await openEars(expectedPhrases(mind)));
  try {
    const { summary, wav } = await placeCall(callOptions(options, persona), {
      ...callParts(mind, recordings),
      ...(ears ? { ears } : {}),
      ...(signal ? { signal } : {}),
      onEvent,
    });
    if (!wav) return report(summary, onEvent);
    await mkdir(options.out, { recursive: true });
    const file = join(options.out, `${new Date().toISOString().replace(/[:.]/g, '-')}.wav`);
    await writeFile(file, wav);
    return report({ ...summary, wav: file }, onEvent);
  } finally {
    await ears?.close();
  }
}

function report<Summary extends TimedEvent>(summary: Summary, onEvent: (event: TimedEvent) => void): Summary {
  onEvent(summary);
  return summary;
}

function callOptions(options: Arguments, persona: Persona | undefined): CallOptions {
  const hangsUp = persona?.behaviour.hangsUp;
  const cnam = persona?.caller.cnam;
  return {
    from: options.from ?? persona?.caller.number ?? '+15550100123',
    to: options.number,
    verstat: persona?.caller.verstat ?? 'TN-Validation-Passed-A',
    ...(cnam === undefined ? {} : { cnam }),
    targets: options.targets,
    local: options.local,
    limitMs: options.limitMs,
    ...(hangsUp && 'atMs' in hangsUp ? { hangsUpAtMs: hangsUp.atMs } : {}),
  };
}

function callParts(
  mind: Mind | undefined,
  recordings: readonly Recording[],
): Pick<CallParts, 'clock' | 'random' | 'voice' | 'party'> {
  const voice = synthesiser(mind?.persona.voice ?? 'rms');
  return {
    clock: systemClock,
    random: Math.random,
    voice,
    party: (mouth, emit, hangUp) => {
      if (!mind) {
        return new Playback(recordings, mouth, { onPlay: (file) => emit({ event: 'plays', file }), hangUp });
      }
      void rehearse(sayings(mind), (text) => voice.speak(text));
      const onReaction: ConstructorParameters<typeof Conversation>[2]['onReaction'] = (why, item) =>
        emit({ event: 'reacts', why, ...(item === undefined ? {} : { item }) });
      return new Conversation(mind, mouth, { onReaction, hangUp });
    },
  };
}

/** Makes the voice's recordings ahead, one at a time; a failure shows when the words are wanted. */
async function rehearse(texts: readonly string[], speak: (text: string) => Promise<unknown>): Promise<void> {
  for (const text of texts) await speak(text).catch(() => undefined);
}

async function readPersona(file: string): Promise<Persona> {
  const { persona, faults } = parsePersona(await readText(file));
  if (!persona) throw new CodedError('invalid-persona', formatFaults(file, faults));
  return persona;
}

function questionnaireOf(persona: Persona | undefined, file = ''): string | undefined {
  return persona?.questionnaire === undefined ? undefined : join(dirname(file), persona.questionnaire);
}

async function readRecording(file: string): Promise<Recording> {
  const bytes = await readBytes(file);
  try {
    return { file: basename(file), samples: telephoneSamples(parseWav(bytes)) };
  } catch (cause) {
    throw new CodedError('bad-wav', `${file} ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

async function readText(file: string): Promise<string> {
  return (await readBytes(file)).toString('utf8');
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CodedError('no-file', `cannot read ${file}`, { cause });
  }
}
