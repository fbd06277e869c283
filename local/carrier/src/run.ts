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

/**
 * One call as the command line asks for it. Returns the summary, with the path of the recording.
 * @throws CodedError for a bad file; whatever the voice or the ears failed with, once the call is ended and recorded.
 */
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
    const limitMs = options.limitMs ?? timeFor(items.length);
    const { summary, wav, failure } = await placeCall(callOptions(options, persona, limitMs), {
      ...callParts(mind, recordings),
      ...(ears ? { ears } : {}),
      ...(signal ? { signal } : {}),
      onEvent,
    });
    const recording = wav && (await saveRecording(options.out, wav));
    const whole = { ...summary, ...(recording === undefined ? {} : { wav: recording }) };
    onEvent(whole);
    if (failure !== undefined) throw asCoded(failure);
    return whole;
  } finally {
    await ears?.close();
  }
}

function asCoded(failure: unknown): CodedError {
  if (failure instanceof CodedError) return failure as CodedError;
  const reason = failure instanceof Error ? failure.message : String(failure);
  return new CodedError('call-failed', `the caller could not go on: ${reason}`, { cause: failure });
}

/** ms: 15 minutes, or a minute for each question of a longer form. */
function timeFor(items: number): number {
  return Math.max(900, 60 * items) * 1000;
}

async function saveRecording(folder: string, wav: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}.wav`);
  await writeFile(file, wav);
  return file;
}

function callOptions(options: Arguments, persona: Persona | undefined, limitMs: number): CallOptions {
  const hangsUp = persona?.behaviour.hangsUp;
  const cnam = persona?.caller.cnam;
  return {
    from: options.from ?? persona?.caller.number ?? '+15550100123',
    to: options.number,
    verstat: persona?.caller.verstat ?? 'TN-Validation-Passed-A',
    ...(cnam === undefined ? {} : { cnam }),
    targets: options.targets,
    local: options.local,
    limitMs,
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
