import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  StartStreamTranscriptionCommand,
  type Result,
  type StartStreamTranscriptionCommandInput,
} from '@aws-sdk/client-transcribe-streaming';
import { Synthesiser } from '../polly/synthesiser.ts';
import { openRecogniser, startRecogniserProcess, type RecogniserProcess } from '../recogniser/index.ts';
import { pcmBytes } from '../sound/pcm.ts';
import { sdkClients } from '../testing/clients.ts';
import { throughMuLaw } from '../testing/mu-law.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let recogniser: RecogniserProcess;
let server: TestServer;
before(async () => {
  recogniser = await startRecogniserProcess({ streams: 4 });
  server = await startTestServer({
    recognise: (options) => openRecogniser({ ...options, socket: recogniser.socket }),
  });
});
after(async () => {
  await server.close();
  await recogniser.stop();
});

type Audio = StartStreamTranscriptionCommandInput['AudioStream'];

/** A sentence as a caller's telephone sends it: 8 kHz, through G.711, with silence around. */
async function telephone(sentence: string): Promise<Buffer> {
  const voice = { program: 'flite', voice: 'rms' } as const;
  const { samples } = await new Synthesiser().speak(voice, sentence, 8000, AbortSignal.timeout(10_000));
  const silence = Buffer.alloc(8000 * 2);
  return Buffer.concat([silence.subarray(0, 4000), pcmBytes(throughMuLaw(samples)), silence]);
}

async function* chunks(pcm: Buffer): Audio {
  for (let at = 0; at < pcm.length; at += 1600)
    yield { AudioEvent: { AudioChunk: pcm.subarray(at, at + 1600) } };
  await Promise.resolve();
}

async function heard(sentence: string): Promise<Result[]> {
  using clients = sdkClients(server.port);
  const { TranscriptResultStream } = await clients.transcribe.send(
    new StartStreamTranscriptionCommand({
      LanguageCode: 'en-US',
      MediaEncoding: 'pcm',
      MediaSampleRateHertz: 8000,
      EnablePartialResultsStabilization: true,
      AudioStream: chunks(await telephone(sentence)),
    }),
  );
  const results: Result[] = [];
  for await (const event of TranscriptResultStream ?? [])
    results.push(...(event.TranscriptEvent?.Transcript?.Results ?? []));
  return results;
}

test('telephone audio comes back as its words, interim ones first, each in its place', async () => {
  const results = await heard('yes that is right');
  const final = results.findLast(({ IsPartial }) => IsPartial === false);
  assert.match(final?.Alternatives?.[0]?.Transcript ?? '', /^Yes,? that( is|'s) right\.$/i);
  assert.ok(results.some(({ IsPartial }) => IsPartial));
  const [first] = final?.Alternatives?.[0]?.Items ?? [];
  assert.ok((first?.StartTime ?? 0) > 0.1 && (first?.StartTime ?? 9) < 0.8, `begins at ${first?.StartTime}`);
});

test('two streams at once keep to themselves', async () => {
  const [a, b] = await Promise.all([heard('yes please'), heard('my name is john smith')]);
  const text = (results: Result[]) => results.at(-1)?.Alternatives?.[0]?.Transcript ?? '';
  assert.match(text(a), /yes/i);
  assert.match(text(b), /^My .*\.$/);
  assert.doesNotMatch(text(b), /yes/i);
});
