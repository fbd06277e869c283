import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { openRecogniser, startRecogniserProcess } from './index.ts';
import type { RecogniserErrorCode, RecogniserOptions, RecogniserProcess, RecogniserResult } from './index.ts';

let recogniser: RecogniserProcess;
before(async () => {
  recogniser = await startRecogniserProcess({ streams: 8, startWithinMs: 60_000 });
});
after(() => recogniser.stop());

/** A voice on the phone, 8 kHz through mu-law unless told, with silence around it. */
function spoken(text: string, voice = 'rms', rate = 8000): Buffer {
  const phone = `-r 8000 -e mu-law -b 8 -c 1 -t raw`;
  const script = `flite -voice ${voice} -t "$0" -o /dev/stdout | sox -t wav - ${phone} - | sox ${phone} - -r ${rate} -e signed -b 16 -t raw - pad 0.3 0.8`;
  return execFileSync('sh', ['-c', script, text], { stdio: ['ignore', 'pipe', 'ignore'] });
}

async function hear(pcm: Buffer, options: Partial<RecogniserOptions> = {}): Promise<RecogniserResult[]> {
  const stream = openRecogniser({ socket: recogniser.socket, sampleRate: 8000, ...options });
  for (let at = 0; at < pcm.length; at += 320) stream.push(pcm.subarray(at, at + 320));
  stream.end();
  return Array.fromAsync(stream.results);
}

const text = (result?: RecogniserResult) => result?.words.map((word) => word.text).join(' ');
const finals = (results: RecogniserResult[]) => results.filter((result) => result.kind === 'final');

test('partials grow while speech goes on, then one final with word times', async () => {
  const pcm = spoken('my last name is garcia');
  const results = await hear(pcm);
  const final = results.at(-1);
  assert.equal(final?.kind, 'final');
  assert.equal(text(final), 'my last name is garcia');
  assert.ok(results.length > 3);
  assert.deepEqual(new Set(results.slice(0, -1).map((result) => result.kind)), new Set(['partial']));
  assert.ok(final.words.every((word) => word.stable && word.confidence > 0 && word.confidence <= 1));
  for (const [i, word] of final.words.entries()) {
    assert.ok(word.startMs < word.endMs);
    assert.ok(
      word.startMs >= (final.words[i - 1]?.endMs ?? 300),
      'after the word before, and the leading silence',
    );
  }
  assert.ok(final.endMs < pcm.length / 16 - 500, 'before the trailing silence');
  assert.ok(results.some((result) => result.kind === 'partial' && result.words.some((word) => word.stable)));
});

test('a pause ends a segment; times count from the start of the stream', async () => {
  const first = spoken('yes please');
  const results = finals(await hear(Buffer.concat([first, spoken('no thank you')])));
  assert.deepEqual(results.map(text), ['yes please', 'no thank you']);
  assert.deepEqual(
    results.map((result) => result.segment),
    [0, 1],
  );
  assert.ok((results[1]?.startMs ?? 0) > first.length / 16);
});

test('16 kHz audio is understood as well', async () => {
  const pcm = spoken('i am allergic to penicillin', 'rms', 16000);
  const results = await hear(pcm, { sampleRate: 16000 });
  assert.equal(text(results.at(-1)), 'i am allergic to penicillin');
});

test('a phrase of the vocabulary is heard where no model knows its words', async () => {
  const pcm = spoken('i take ashwagandha every morning');
  const without = text((await hear(pcm)).at(-1));
  assert.doesNotMatch(without ?? '', /ashwagandha/);
  const results = await hear(pcm, { vocabulary: ['Ashwagandha', 'Lakeside-Family-Clinic', '', '!?', '123'] });
  assert.match(text(results.at(-1)) ?? '', /ashwagandha/);
});

test('the prompts model hears an agent', async () => {
  const results = await hear(spoken('may i have your phone number', 'slt'), { languageModel: 'prompts' });
  assert.match(text(results.at(-1)) ?? '', /^may i have .* phone number$/);
});

test('silence and noise without speech give nothing', async () => {
  const hiss = Buffer.alloc(32_000);
  for (let i = 0; i < hiss.length; i += 2) hiss.writeInt16LE(((i * 7919) % 61) - 30, i);
  assert.deepEqual(await hear(Buffer.concat([Buffer.alloc(16_000), hiss])), []);
});

test('streams side by side do not mix', async () => {
  const said = ['my name is linda', 'two weeks ago', 'i have a headache'];
  const heard = await Promise.all(said.map(async (words) => text(finals(await hear(spoken(words)))[0])));
  assert.deepEqual(heard, said);
});

test('audio may come in pieces that split samples', async () => {
  const pcm = spoken('yes please');
  const stream = openRecogniser({ socket: recogniser.socket, sampleRate: 8000 });
  for (let at = 0; at < pcm.length; at += 333) stream.push(pcm.subarray(at, at + 333));
  stream.end();
  assert.equal(text((await Array.fromAsync(stream.results)).at(-1)), 'yes please');
});

test('an unknown language model is refused by name', async () => {
  await assert.rejects(hear(Buffer.alloc(320), { languageModel: 'nowhere' }), (error) =>
    isCodedError(error, 'unknown-language-model'),
  );
});

const garbage: [string, Buffer, RecogniserErrorCode?][] = [
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'), 'bad-frame'],
  ['a frame without end', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x41]), 'bad-frame'],
  ['audio before the header', Buffer.from([0, 0, 0, 3, 0x41, 1, 2]), 'bad-frame'],
  ['a header that is not JSON', Buffer.from([0, 0, 0, 3, 0x48, 0x7b, 0x7b]), 'bad-header'],
  ['half a frame', Buffer.from([0, 0])],
];

for (const [what, bytes, code] of garbage)
  test(`${what} ends its own stream and no other`, async () => {
    const good = openRecogniser({ socket: recogniser.socket, sampleRate: 8000 });
    const bad = connect(recogniser.socket);
    bad.end(bytes);
    const answer = await Array.fromAsync(bad as AsyncIterable<Buffer>);
    if (code) assert.match(Buffer.concat(answer).toString(), new RegExp(code));
    good.push(spoken('yes please'));
    good.end();
    assert.equal(text((await Array.fromAsync(good.results)).at(-1)), 'yes please');
  });

test('a closed stream makes room: more streams come and go than fit at a time', async () => {
  for (let i = 0; i < 20; i += 1) {
    const stream = openRecogniser({ socket: recogniser.socket, sampleRate: 8000 });
    stream.end();
    assert.deepEqual(await Array.fromAsync(stream.results), []);
  }
});

test('nobody listening is one clear error', async () => {
  const stream = openRecogniser({ socket: '/nowhere/socket', sampleRate: 8000 });
  await assert.rejects(Array.fromAsync(stream.results), (error) => isCodedError(error, 'unavailable'));
});

test('a model that is not there does not start', async () => {
  const paths = { python: '/nowhere/python', model: '/nowhere', script: '/nowhere' };
  await assert.rejects(startRecogniserProcess({ paths }), (error) => isCodedError(error, 'did-not-start'));
});
