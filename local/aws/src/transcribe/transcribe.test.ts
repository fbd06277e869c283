import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  StartStreamTranscriptionCommand,
  type Result,
  type StartStreamTranscriptionCommandInput,
} from '@aws-sdk/client-transcribe-streaming';
import { ManualClock } from '@vestibule/core';
import { sdkClients, type Http } from '../testing/clients.ts';
import { scriptedRecogniser } from '../testing/scripted-recogniser.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

type Audio = StartStreamTranscriptionCommandInput['AudioStream'];
type Input = Partial<StartStreamTranscriptionCommandInput>;

const script = scriptedRecogniser('what are your opening hours');
let server: TestServer;
before(async () => {
  const vocabularies = await mkdtemp(join(tmpdir(), 'vocabularies-'));
  await writeFile(join(vocabularies, 'clinic.txt'), '# names\nLakeside-Family-Clinic\nOpening\n');
  server = await startTestServer({ recognise: script.recognise, vocabularies });
});
after(() => server.close());

async function* audioOf(ms: number, rate = 8000): Audio {
  for (let left = ms; left > 0; left -= 100) {
    yield { AudioEvent: { AudioChunk: new Uint8Array((rate / 10) * 2) } };
    await Promise.resolve();
  }
}

/** Audio that never comes, until `stop`. */
function waiting(): { audio: Audio; stop: () => void } {
  const stop = Promise.withResolvers<void>();
  async function* audio(): Audio {
    yield { AudioEvent: { AudioChunk: new Uint8Array(1600) } };
    await stop.promise;
  }
  return { audio: audio(), stop: stop.resolve };
}

async function transcribe(input: Input = {}, http: Http = 'h2c', port = server.port): Promise<Result[]> {
  using clients = sdkClients(port, http);
  const { TranscriptResultStream } = await clients.transcribe.send(
    new StartStreamTranscriptionCommand({
      LanguageCode: 'en-US',
      MediaEncoding: 'pcm',
      MediaSampleRateHertz: 8000,
      AudioStream: audioOf(1200),
      ...input,
    }),
  );
  const results: Result[] = [];
  for await (const event of TranscriptResultStream ?? [])
    results.push(...(event.TranscriptEvent?.Transcript?.Results ?? []));
  return results;
}

for (const http of ['h2c', 'http/1.1'] satisfies Http[]) {
  test(`interim results, then a final, over ${http}`, async () => {
    const results = await transcribe(
      { EnablePartialResultsStabilization: true, PartialResultsStability: 'high' },
      http,
    );
    const texts = results.map((result) => result.Alternatives?.[0]?.Transcript);
    assert.deepEqual(texts, [
      'What',
      'What are',
      'What are your',
      'What are your opening',
      'What are your opening hours',
      'What are your opening hours?',
    ]);
    assert.deepEqual(new Set(results.map(({ ResultId }) => ResultId)).size, 1);
    const second = results[1]?.Alternatives?.[0]?.Items ?? [];
    assert.deepEqual(
      second.map(({ Content, StartTime, EndTime, Stable, Type }) => ({
        Content,
        StartTime,
        EndTime,
        Stable,
        Type,
      })),
      [
        { Content: 'What', StartTime: 0, EndTime: 0.2, Stable: true, Type: 'pronunciation' },
        { Content: 'are', StartTime: 0.2, EndTime: 0.4, Stable: false, Type: 'pronunciation' },
      ],
    );
    const final = results.at(-1);
    assert.equal(final?.IsPartial, false);
    assert.deepEqual(final?.Alternatives?.[0]?.Items?.at(-1)?.Type, 'punctuation');
    assert.equal(final?.Alternatives?.[0]?.Items?.[0]?.Confidence, 0.9);
  });
}

test('items say nothing of stability unless asked', async () => {
  const items = (await transcribe()).flatMap((result) => result.Alternatives?.[0]?.Items ?? []);
  assert.ok(items.every(({ Stable }) => Stable === undefined));
});

test('a vocabulary and a language model reach the recogniser, and spell words their way', async () => {
  const results = await transcribe({ VocabularyName: 'clinic', LanguageModelName: 'prompts' });
  assert.deepEqual(script.opened.at(-1)?.vocabulary, ['Lakeside Family Clinic', 'Opening']);
  assert.equal(script.opened.at(-1)?.languageModel, 'prompts');
  assert.equal(results.at(-1)?.Alternatives?.[0]?.Transcript, 'What are your Opening hours?');
});

test('other sample rates are resampled for the recogniser', async () => {
  const results = await transcribe({ MediaSampleRateHertz: 24000, AudioStream: audioOf(1200, 24000) });
  assert.equal(script.opened.at(-1)?.sampleRate, 16000);
  assert.equal(results.at(-1)?.Alternatives?.[0]?.Transcript, 'What are your opening hours?');
});

test('no audio at all is a stream without results', async () => {
  assert.deepEqual(await transcribe({ AudioStream: audioOf(0) }), []);
});

describe('Transcribe refuses', () => {
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ['a language it does not hear', { LanguageCode: 'xx-XX' }],
    ['a media encoding it does not know', { MediaEncoding: 'mp3' }],
    ['a sample rate below 8 kHz', { MediaSampleRateHertz: 4000 }],
    ['a vocabulary that is not there', { VocabularyName: 'nowhere' }],
    ['a vocabulary name that climbs out of the folder', { VocabularyName: '../clinic' }],
    ['a language model that is not there', { LanguageModelName: 'nothing' }],
    ['stability without stabilisation', { PartialResultsStability: 'high' }],
  ];
  for (const [name, input] of cases) {
    test(name, async () =>
      assert.equal(await errorNameOf(transcribe(input as Input)), 'BadRequestException'),
    );
  }

  test('the 26th stream', async () => {
    const streams = Array.from({ length: 25 }, waiting);
    const running = streams.map(({ audio }) => transcribe({ AudioStream: audio }));
    let refused = 'no error';
    const { audio, stop } = waiting();
    const extra = errorNameOf(transcribe({ AudioStream: audio })).then((name) => (refused = name));
    await extra.finally(stop);
    assert.equal(refused, 'LimitExceededException');
    streams.forEach((stream) => stream.stop());
    await Promise.all(running);
  });
});

test('fifteen seconds without audio end the stream with the message of the service', async () => {
  const clock = new ManualClock(Date.now());
  const patient = await startTestServer({ clock, recognise: script.recognise });
  const { audio, stop } = waiting();
  using clients = sdkClients(patient.port);
  const output = await clients.transcribe.send(
    new StartStreamTranscriptionCommand({
      LanguageCode: 'en-US',
      MediaEncoding: 'pcm',
      MediaSampleRateHertz: 8000,
      AudioStream: audio,
    }),
  );
  const events = output.TranscriptResultStream?.[Symbol.asyncIterator]();
  const ended = assert.rejects(
    (async () => {
      while (!(await events?.next())?.done);
    })(),
    {
      name: 'BadRequestException',
      message: 'Your request timed out because no new audio was received for 15 seconds.',
    },
  );
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    await clock.advance(1000);
    await nextTurn();
  }
  await ended;
  stop();
  await patient.close();
});

describe('Transcribe fails on demand', () => {
  const faults = [
    [{ kind: 'throttle' }, 'LimitExceededException'],
    [{ kind: 'error', after: 2 }, 'InternalFailureException'],
    [{ kind: 'unavailable' }, 'ServiceUnavailableException'],
  ] as const;
  for (const [fault, name] of faults) {
    test(`${fault.kind} as ${name}`, async () => {
      await server.plan({ service: 'transcribe', ...fault });
      assert.equal(await errorNameOf(transcribe()), name);
    });
  }

  test('a clean end in mid-call is a normal end without a final', async () => {
    await server.plan({ service: 'transcribe', kind: 'clean-end', after: 2 });
    const results = await transcribe();
    assert.deepEqual(
      results.map(({ IsPartial }) => IsPartial),
      [true, true],
    );
  });

  test('a final of other words: the interim results said their own', async () => {
    await server.plan({ service: 'transcribe', kind: 'other-final', words: 'who are you' });
    const results = await transcribe();
    const said = results.map(({ Alternatives }) => Alternatives?.[0]?.Transcript ?? '');
    assert.match(said.at(-1) ?? '', /^Who are you/i);
    assert.match(said.at(-2) ?? '', /^What are your/);
    const { Items = [] } = results.at(-1)?.Alternatives?.[0] ?? {};
    assert.deepEqual(
      Items.slice(0, 3).map(({ Content }) => Content?.toLowerCase()),
      ['who', 'are', 'you'],
    );
  });

  test('a late final: what comes before it is not late', async () => {
    await server.plan({ service: 'transcribe', kind: 'late-final', ms: 300 });
    using clients = sdkClients(server.port);
    const { TranscriptResultStream } = await clients.transcribe.send(
      new StartStreamTranscriptionCommand({
        LanguageCode: 'en-US',
        MediaEncoding: 'pcm',
        MediaSampleRateHertz: 8000,
        AudioStream: audioOf(1200),
      }),
    );
    const cameAt: number[] = [];
    for await (const { TranscriptEvent } of TranscriptResultStream ?? [])
      if (TranscriptEvent?.Transcript?.Results?.length) cameAt.push(performance.now());
    const gaps = cameAt.slice(1).map((at, index) => at - cameAt[index]!);
    assert.ok(gaps.at(-1)! >= 290 && gaps.slice(0, -1).every((gap) => gap < gaps.at(-1)!), gaps.join(' '));
  });

  test('a reset is an error', async () => {
    await server.plan({ service: 'transcribe', kind: 'reset', after: 1 });
    assert.notEqual(await errorNameOf(transcribe()), 'no error');
    assert.deepEqual(server.logged, []);
  });
});
