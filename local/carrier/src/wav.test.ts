import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { resample } from './resample.ts';
import { parseWav, telephoneSamples, writeWav } from './wav.ts';

const tone = (hz: number, rate: number, seconds = 0.5) =>
  Int16Array.from({ length: rate * seconds }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * i) / rate)),
  );

/** Root mean square without the ends, where a filter runs in and out. */
function level(samples: Int16Array): number {
  const middle = samples.subarray(200, -200);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

test('two channels come back as they were written, the shorter one padded', () => {
  const left = Int16Array.of(1, -2, 32767, -32768);
  const right = Int16Array.of(5, 6);
  assert.deepEqual(parseWav(writeWav({ rate: 8000, channels: [left, right] })), {
    rate: 8000,
    channels: [left, Int16Array.of(5, 6, 0, 0)],
  });
});

test('what sox writes is read: widths, floats, rates, channels', () => {
  const directory = mkdtempSync(join(tmpdir(), 'carrier-wav-'));
  try {
    for (const [name, args] of Object.entries({
      'u8-8000': ['-e', 'unsigned', '-b', '8', '-r', '8000', '-c', '1'],
      's16-44100-stereo': ['-e', 'signed', '-b', '16', '-r', '44100', '-c', '2'],
      's24-48000': ['-e', 'signed', '-b', '24', '-r', '48000', '-c', '1'],
      's32-16000': ['-e', 'signed', '-b', '32', '-r', '16000', '-c', '1'],
      'mulaw-8000': ['-e', 'mu-law', '-b', '8', '-r', '8000', '-c', '1'],
      'alaw-8000': ['-e', 'a-law', '-b', '8', '-r', '8000', '-c', '1'],
      'float64-16000': ['-e', 'floating-point', '-b', '64', '-r', '16000', '-c', '1'],
      'float-22050': ['-e', 'floating-point', '-b', '32', '-r', '22050', '-c', '1'],
    })) {
      const file = join(directory, `${name}.wav`);
      execFileSync('sox', ['-n', '-D', ...args, file, 'synth', '0.5', 'sine', '440', 'vol', '0.5']);
      const samples = telephoneSamples(parseWav(readFileSync(file)));
      assert.ok(Math.abs(samples.length - 4000) <= 1, `${name}: ${samples.length} samples`);
      assert.ok(Math.abs(level(samples) - 11_585) < 200, `${name}: level ${level(samples)}`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a data chunk that promises more than the file holds ends where the file does', () => {
  const bytes = writeWav({ rate: 8000, channels: [Int16Array.of(1, 2, 3)] });
  // 0 is what a program writes that never came back to fill it in.
  for (const size of [0xffffffff, 0]) {
    new DataView(bytes.buffer).setUint32(40, size, true);
    assert.deepEqual(parseWav(bytes).channels, [Int16Array.of(1, 2, 3)]);
  }
});

test('what cannot be read says so in one line', () => {
  const one = () => writeWav({ rate: 8000, channels: [Int16Array.of(1)] });
  const adpcm = one();
  adpcm[20] = 2;
  const bigEndian = one();
  bigEndian[3] = 'X'.charCodeAt(0);
  for (const [bytes, wanted] of [
    [Buffer.from('not a recording'), /no RIFF WAVE/],
    [adpcm, /encoding 2/],
    [bigEndian, /RIFX/],
    [one().subarray(0, 26), /middle of its header/],
    [one().subarray(0, 16), /middle of its header/],
    [one().subarray(0, 36), /no sound/],
    [one().subarray(0, 44), /no sound/],
    [writeWav({ rate: 8000, channels: [new Int16Array(0)] }), /no sound/],
  ] as const) {
    assert.throws(
      () => parseWav(bytes),
      (error) => isCodedError(error, 'bad-wav') && wanted.test(error.message),
    );
  }
});

test('resampling keeps a tone of the pass band and filters what would fold into it', () => {
  assert.ok(Math.abs(level(resample(tone(1000, 44_100), 44_100, 8000)) - 7071) < 150);
  assert.ok(level(resample(tone(6000, 44_100), 44_100, 8000)) < 70);
  assert.ok(Math.abs(level(resample(tone(1000, 8000), 8000, 16_000)) - 7071) < 150);
});
