import { randomUUID } from 'node:crypto';
import { headerText, jsonEvent } from '../event-stream/frames.ts';
import { readSignedFrames } from '../event-stream/signed-frames.ts';
import type { RecogniserOptions, RecogniserResult, RecogniserStream } from '../recogniser/index.ts';
import type { Call, Operation } from '../server/app.ts';
import type { Latency } from '../server/latency.ts';
import { throttled } from '../server/service-error.ts';
import { AudioClock } from './audio-clock.ts';
import { spellings } from './formatting.ts';
import { badRequest, echoHeaders, readParameters, type StreamParameters } from './parameters.ts';
import { PcmReader } from './pcm-reader.ts';
import { transcriptEvent } from './transcript.ts';
import type { Vocabularies } from './vocabularies.ts';

/** Amazon Transcribe's default quota. */
const maximumStreams = 25;

export interface TranscribeOptions {
  readonly latency: Latency;
  readonly vocabularies: Vocabularies;
  readonly recognise: (options: Omit<RecogniserOptions, 'socket'>) => RecogniserStream;
  /** Language models of the recogniser itself, besides those in the vocabularies' folder. */
  readonly languageModels: readonly string[];
}

export function transcribeOperations(options: TranscribeOptions): Operation[] {
  let streams = 0;
  return [
    {
      service: 'transcribe',
      method: 'POST',
      path: /^\/stream-transcription\/?$/,
      body: 'events',
      async run(call) {
        const parameters = readParameters(call.exchange.headers);
        if (streams >= maximumStreams) throw throttled('transcribe');
        streams++;
        try {
          await transcribe(call, parameters, options);
        } finally {
          streams--;
        }
      },
    },
  ];
}

async function transcribe(
  call: Call,
  parameters: StreamParameters,
  options: TranscribeOptions,
): Promise<void> {
  const { exchange } = call;
  const phrases = await options.vocabularies.phrases(parameters.vocabularyNames);
  const model = await languageModel(parameters.languageModelName, options);
  const vocabulary = [...phrases, ...model.phrases];
  const reader = new PcmReader(parameters.sampleRate);
  const hearing = options.recognise({
    sampleRate: reader.rate,
    vocabulary,
    ...(model.name === undefined ? {} : { languageModel: model.name }),
  });
  const audio = new AudioClock(options.latency.clock);
  const over = new AbortController();
  const stopped = AbortSignal.any([over.signal, exchange.signal]);
  stopped.addEventListener('abort', () => hearing.close(), { once: true });
  const style = { stabilise: parameters.stabilise, spelled: spellings(vocabulary) };
  exchange.open(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    ...echoHeaders(exchange.headers, parameters.sessionId ?? randomUUID()),
  });
  try {
    const done = tell(call, hearing, audio, style, options.latency, stopped);
    await Promise.race([
      done,
      failureOf(listen(call, hearing, audio, reader, over.signal)),
      failureOf(audio.watchSilence(stopped)),
    ]);
    exchange.end();
  } finally {
    over.abort();
  }
}

/** Audio in: verified frames, as PCM, to the recogniser, no faster than it takes them. */
async function listen(
  { exchange, signed }: Call,
  hearing: RecogniserStream,
  audio: AudioClock,
  reader: PcmReader,
  over: AbortSignal,
): Promise<void> {
  for await (const { headers, body } of readSignedFrames(exchange.chunks(), signed)) {
    if (over.aborted) return;
    if (headerText(headers, ':event-type') !== 'AudioEvent') {
      throw badRequest('The stream holds an event that is not an AudioEvent.');
    }
    // An empty chunk ends the audio, except as the very first: the Python client opens with one.
    if (body.byteLength === 0 && audio.begun) break;
    if (body.byteLength === 0) continue;
    audio.heard(reader.milliseconds(body));
    if (!hearing.push(reader.push(body))) await hearing.drained();
  }
  hearing.push(reader.flush());
  hearing.end();
}

/** Results out, each when the service would have it: finals late, interim results soon. */
async function tell(
  { exchange, gate }: Call,
  hearing: RecogniserStream,
  audio: AudioClock,
  style: { stabilise: boolean; spelled: ReadonlyMap<string, string> },
  latency: Latency,
  stopped: AbortSignal,
): Promise<void> {
  const { clock } = latency;
  // The service begins with a result of nothing; the JavaScript SDK gives no stream to its caller before the first event.
  await exchange.send(jsonEvent('TranscriptEvent', { Transcript: { Results: [] } }));
  let segment = -1;
  let resultId = '';
  for await (const heard of hearing.results) {
    if (heard.segment !== segment) [segment, resultId] = [heard.segment, randomUUID()];
    const due =
      heard.kind === 'final'
        ? audio.arrivalOf(heard.endMs) + latency.draw('transcribeFinal')
        : audio.arrivalOf(heard.endMs) + latency.draw('transcribePartial');
    await latency.pause(due - clock.monotonic(), stopped);
    const own = heard.words.map(({ text }) => text);
    const words = heard.kind === 'final' ? await gate.passFinal(own) : undefined;
    await gate.pass(true);
    const told = words === undefined ? heard : saying(heard, words);
    await exchange.send(jsonEvent('TranscriptEvent', transcriptEvent(told, resultId, style)));
  }
}

/** The same result with other words, over the same time. */
function saying(heard: RecogniserResult, text: string): RecogniserResult {
  const { startMs, endMs } = heard;
  const parts = text.split(/\s+/);
  const step = (endMs - startMs) / parts.length;
  const words = parts.map((part, at) => {
    const from = Math.round(startMs + at * step);
    return { text: part, startMs: from, endMs: Math.round(from + step), confidence: 1, stable: true };
  });
  return { ...heard, words };
}

/** Rejects when `work` does; its success is nobody's business. */
function failureOf(work: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    work.catch(reject);
  });
}

async function languageModel(
  name: string | undefined,
  { vocabularies, languageModels }: TranscribeOptions,
): Promise<{ name?: string; phrases: readonly string[] }> {
  if (name === undefined) return { phrases: [] };
  if (languageModels.includes(name)) return { name, phrases: [] };
  const phrases = await vocabularies.read(name);
  if (phrases) return { phrases };
  throw badRequest(
    "The requested language model couldn't be found. Check the model name and try your request again.",
  );
}
