import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DescribeVoicesCommand,
  SynthesizeSpeechCommand,
  type SynthesizeSpeechCommandInput,
} from '@aws-sdk/client-polly';
import { ManualClock } from '@vestibule/core';
import { credentials, sdkClients, type Http } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

const speech: SynthesizeSpeechCommandInput = {
  OutputFormat: 'pcm',
  Text: 'What is your date of birth?',
  VoiceId: 'Joanna',
};

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

async function synthesize(input: Partial<SynthesizeSpeechCommandInput> = {}, http: Http = 'h2c') {
  using clients = sdkClients(server.port, http);
  const output = await clients.polly.send(new SynthesizeSpeechCommand({ ...speech, ...input }));
  const audio = Buffer.from((await output.AudioStream?.transformToByteArray()) ?? []);
  return { ...output, audio };
}

const seconds = (audio: Buffer, rate: number) => audio.length / 2 / rate;

for (const http of ['h2c', 'http/1.1'] satisfies Http[]) {
  test(`speaks PCM over ${http}, as long at 8 kHz as at 16`, async () => {
    const wide = await synthesize({}, http);
    const narrow = await synthesize({ SampleRate: '8000' }, http);
    assert.equal(wide.ContentType, 'audio/pcm');
    assert.equal(wide.RequestCharacters, 27);
    assert.ok(seconds(wide.audio, 16000) > 1 && seconds(wide.audio, 16000) < 3);
    assert.ok(Math.abs(seconds(wide.audio, 16000) - seconds(narrow.audio, 8000)) < 0.05);
  });
}

describe('the sound', () => {
  test('is loud enough, begins and ends in near silence, and does not clip', async () => {
    const { audio } = await synthesize();
    const samples = new Int16Array(audio.buffer, audio.byteOffset, audio.length / 2);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.ok(peak > 16000 && peak < 32767, `peak ${peak}`);
    for (const edge of [samples.at(0), samples.at(-1)]) assert.ok(Math.abs(edge ?? 0) < 300);
  });

  test('has the silence that SSML asks for', async () => {
    const plain = await synthesize({ TextType: 'ssml', Text: '<speak>Hello.</speak>' });
    const paused = await synthesize({ TextType: 'ssml', Text: '<speak>Hello.<break time="2s"/></speak>' });
    assert.equal(plain.RequestCharacters, 6);
    assert.ok(Math.abs(seconds(paused.audio, 16000) - seconds(plain.audio, 16000) - 2) < 0.01);
  });

  const formats = [
    ['mp3', 'audio/mpeg', [0xff]],
    ['ogg_vorbis', 'audio/ogg', [0x4f, 0x67, 0x67, 0x53]],
    ['ogg_opus', 'audio/ogg', [0x4f, 0x67, 0x67, 0x53]],
  ] as const;
  for (const [OutputFormat, type, magic] of formats) {
    test(`comes as ${OutputFormat}`, async () => {
      const { audio, ContentType } = await synthesize({ OutputFormat });
      assert.equal(ContentType, type);
      assert.deepEqual([...audio.subarray(0, magic.length)], [...magic]);
      assert.ok(audio.length > 3000);
    });
  }

  test('of other languages comes from espeak-ng', async () => {
    const { audio } = await synthesize({ VoiceId: 'Vicki', Text: 'Guten Tag. Wie geht es Ihnen?' });
    assert.ok(seconds(audio, 16000) > 1);
  });

  test('of many requests at once is all there', async () => {
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, index) => synthesize({ Text: `Number ${index}.` })),
    );
    for (const { audio } of all) assert.ok(seconds(audio, 16000) > 0.4);
  });
});

describe('Polly refuses', () => {
  const cases: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['an unknown voice', { VoiceId: 'Bob' }, 'ValidationException'],
    ['an engine the voice does not have', { VoiceId: 'Kevin', Engine: 'standard' }, 'ValidationException'],
    ['a rate PCM does not have', { SampleRate: '44100' }, 'InvalidSampleRateException'],
    ['3,001 characters', { Text: 'a'.repeat(3001) }, 'TextLengthExceededException'],
    [
      'SSML that does not nest',
      { TextType: 'ssml', Text: '<speak><p>Hello</speak>' },
      'InvalidSsmlException',
    ],
    ['an unknown format', { OutputFormat: 'wav' }, 'ValidationException'],
  ];
  for (const [name, input, error] of cases) {
    test(name, async () =>
      assert.equal(await errorNameOf(synthesize(input as Partial<SynthesizeSpeechCommandInput>)), error),
    );
  }

  test('what is no JSON', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/speech`, { method: 'POST', body: '{' });
    assert.equal(response.status, 403);
    assert.equal(response.headers.get('x-amzn-errortype'), 'MissingAuthenticationTokenException');
  });
});

test('the neural engine admits ten at once and eight a second after, as on AWS', async () => {
  const clock = new ManualClock(Date.now());
  const slow = await startTestServer({ clock, latency: 'measured' });
  using clients = sdkClients(slow.port, 'h2c', credentials);
  const ask = () => clients.polly.send(new SynthesizeSpeechCommand({ ...speech, Engine: 'neural' }));
  const first = Promise.all(
    Array.from({ length: 10 }, async () => (await ask()).AudioStream?.transformToByteArray()),
  );
  let refused = 'no error';
  while (refused === 'no error')
    refused = await Promise.race([errorNameOf(ask()), first.then(() => 'no error')]);
  assert.equal(refused, 'ThrottlingException');
  await clock.advance(200);
  await first;
  await slow.close();
});

test('voices can be listed by engine and language', async () => {
  using clients = sdkClients(server.port);
  const { Voices = [] } = await clients.polly.send(
    new DescribeVoicesCommand({ Engine: 'generative', LanguageCode: 'en-US' }),
  );
  assert.ok(Voices.some(({ Id }) => Id === 'Joanna'));
  assert.ok(
    Voices.every(
      ({ LanguageCode, SupportedEngines }) =>
        LanguageCode === 'en-US' && SupportedEngines?.includes('generative'),
    ),
  );
});

describe('Polly fails on demand', () => {
  test('throttled, broken, cut in mid-audio', async () => {
    await server.plan({ service: 'polly', kind: 'throttle' });
    assert.equal(await errorNameOf(synthesize()), 'ThrottlingException');
    await server.plan({ service: 'polly', kind: 'error' });
    assert.equal(await errorNameOf(synthesize()), 'ServiceFailureException');
    await server.plan({ service: 'polly', kind: 'reset', after: 2 });
    assert.notEqual(await errorNameOf(synthesize()), 'no error');
    await server.plan({ service: 'polly', kind: 'clean-end', after: 2 });
    assert.equal((await synthesize()).audio.length, 8192);
  });
});
