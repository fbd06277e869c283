import { throttled, type Service } from '../server/service-error.ts';
import type { Call, Operation } from '../server/app.ts';
import type { Latency } from '../server/latency.ts';
import { contentTypes, encode } from './encoder.ts';
import { pcmBytes, silence } from '../sound/pcm.ts';
import { readSpeechRequest, type SpeechRequest } from './request.ts';
import { RequestRate } from './request-rate.ts';
import type { Speech } from './ssml.ts';
import type { Synthesiser } from './synthesiser.ts';
import { voices, type Engine } from './voices.ts';

const service: Service = 'polly';
const bodyLimit = 100_000;
/** Bytes per piece: 128 ms of PCM at 16 kHz. */
const pieceBytes = 4096;
const sentencePauseMs = 220;

export interface PollyOptions {
  readonly latency: Latency;
  readonly synthesiser: Synthesiser;
}

export function pollyOperations(options: PollyOptions): Operation[] {
  const rates = new RequestRate(options.latency);
  return [
    {
      service,
      method: 'POST',
      path: /^\/v1\/speech$/,
      body: bodyLimit,
      run: (call) => synthesizeSpeech(call, rates, options),
    },
    { service, method: 'GET', path: /^\/v1\/voices$/, body: bodyLimit, run: describeVoices },
  ];
}

async function synthesizeSpeech(
  { exchange, gate, body }: Call,
  rates: RequestRate,
  options: PollyOptions,
): Promise<void> {
  const request = readSpeechRequest(body);
  if (!rates.admit(request.engine)) throw throttled(service);
  const { signal } = exchange;
  await options.latency.pause(options.latency.draw('pollyFirstByte'), signal);
  const audio = encode(
    speechBytes(request, options.synthesiser, signal),
    request.format,
    request.sampleRate,
    signal,
  );
  for await (const bytes of audio) {
    exchange.open(200, {
      'content-type': contentTypes[request.format],
      'x-amzn-requestcharacters': String(request.characters),
    });
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
      await gate.pass(true);
      await exchange.send(bytes.subarray(at, at + pieceBytes));
    }
  }
  exchange.open(200, {
    'content-type': contentTypes[request.format],
    'x-amzn-requestcharacters': String(request.characters),
  });
  exchange.end();
}

/** The PCM of a request, a sentence at a time, so that the first is heard while the next is being made. */
export async function* speechBytes(
  { voice, sampleRate, speech }: Pick<SpeechRequest, 'voice' | 'sampleRate'> & { speech: readonly Speech[] },
  synthesiser: Synthesiser,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let spoken = false;
  for (const part of speech) {
    if (part.kind === 'silence') {
      yield pcmBytes(silence(sampleRate, part.ms).samples);
      spoken = false;
      continue;
    }
    if (spoken) yield pcmBytes(silence(sampleRate, sentencePauseMs).samples);
    yield pcmBytes((await synthesiser.speak(voice.local, part.text, sampleRate, signal)).samples);
    spoken = true;
  }
}

function describeVoices({ exchange }: Call): Promise<void> {
  const query = new URLSearchParams(exchange.query);
  const engine = query.get('Engine');
  const language = query.get('LanguageCode');
  const Voices = voices
    .filter((voice) => engine === null || voice.SupportedEngines.includes(engine as Engine))
    .filter((voice) => language === null || voice.LanguageCode === language)
    .map(({ local: _, ...voice }) => ({ ...voice, Name: voice.Id }));
  exchange.respond(200, { 'content-type': 'application/json' }, JSON.stringify({ Voices }));
  return Promise.resolve();
}
