import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { silence } from './g711.ts';
import { packChunk, recordingFile } from './recording-file.ts';

/** µ-law of a tone. */
const tone = (hz: number, samples: number) =>
  new Uint8Array(
    execFileSync('/usr/bin/sox', [
      ...['-r', '8000', '-n', '-t', 'raw', '-c', '1', '-e', 'mu-law', '-b', '8', '-'],
      ...['synth', `${samples}s`, 'sine', String(hz), 'vol', '0.5'],
    ]),
  );
const quiet = (samples: number) => new Uint8Array(samples).fill(silence);
const taken = (muLaw: Uint8Array) => ({ muLaw, missing: [] });
const chunk = (fromSample: number, caller: Uint8Array, agent: Uint8Array) =>
  packChunk(fromSample, taken(caller), taken(agent), 's');

/** Both channels of a file. */
function channelsOf(file: Uint8Array, format: 'wav' | 'opus'): [Int16Array, Int16Array] {
  const raw =
    format === 'wav'
      ? execFileSync('/usr/bin/sox', ['-t', 'wav', '-', '-t', 'raw', '-'], { input: file })
      : execFileSync('/usr/bin/opusdec', ['--quiet', '--rate', '8000', '-', '-'], {
          input: file,
          stdio: ['pipe', 'pipe', 'ignore'],
          maxBuffer: 1e9,
        });
  const skip = raw.subarray(0, 4).toString('latin1') === 'RIFF' ? 44 : 0;
  const samples = new Int16Array(raw.buffer.slice(raw.byteOffset + skip, raw.byteOffset + raw.length));
  const every = (from: number) => samples.filter((_, index) => index % 2 === from);
  return [every(0), every(1)];
}

const loudness = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length));

for (const format of ['wav', 'opus'] as const)
  test(`${format}: the caller left, the agent right, gaps silent, and each at its time`, async () => {
    const chunks = [chunk(12_000, tone(400, 8000), quiet(8000)), chunk(28_000, quiet(8000), tone(700, 8000))];
    const recording = (await recordingFile(chunks, format))!;
    assert.equal(recording.startMs, 1500);
    assert.equal(recording.format, format);
    assert.deepEqual(recording.gaps, [{ fromMs: 2500, toMs: 3500 }]);
    const [left, right] = channelsOf(recording.body, format);
    assert.equal(left.length, 24_000);
    const inner = (channel: Int16Array, from: number) => loudness(channel.subarray(from + 400, from + 7600));
    const expected: [Int16Array, number, boolean][] = [
      [left, 0, true],
      [right, 0, false],
      [left, 8000, false],
      [right, 8000, false],
      [left, 16_000, false],
      [right, 16_000, true],
    ];
    for (const [channel, from, isLoud] of expected) {
      const level = inner(channel, from);
      assert.ok(
        isLoud ? level > 5000 : level < 60,
        `${channel === left ? 'left' : 'right'} ${from}: ${level}`,
      );
    }
    // The tone begins within 5 ms of where it began.
    const begins = right.findIndex((value) => Math.abs(value) > 2000);
    assert.ok(Math.abs(begins - 16_000) < 40, `${begins}`);
  });

test('chunks that overlap do not make the file longer; without any there is none', async () => {
  const chunks = [chunk(0, quiet(800), tone(400, 800)), chunk(400, quiet(800), tone(400, 800))];
  const { body } = (await recordingFile(chunks, 'wav'))!;
  assert.equal(body.length, 44 + 1200 * 4);
  assert.equal(await recordingFile([], 'opus'), undefined);
});
