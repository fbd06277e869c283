import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidy } from './pcm.ts';
import { resample, Resampler } from './resample.ts';

const tone = (rate: number, hertz: number, seconds = 0.5) =>
  Int16Array.from({ length: rate * seconds }, (_, i) =>
    Math.round(10000 * Math.sin((2 * Math.PI * hertz * i) / rate)),
  );
const level = (samples: Int16Array) => Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);

test('a tone keeps its level and length across rates', () => {
  for (const [from, to] of [
    [16000, 8000],
    [22050, 16000],
    [24000, 16000],
    [8000, 16000],
  ] as const) {
    const out = resample({ rate: from, samples: tone(from, 1000) }, to).samples;
    assert.ok(Math.abs(out.length - to / 2) <= 2, `${from} to ${to}: ${out.length}`);
    assert.ok(Math.abs(level(out) / level(tone(to, 1000)) - 1) < 0.03);
  }
});

test('what the lower rate cannot carry is filtered out', () => {
  assert.ok(level(resample({ rate: 16000, samples: tone(16000, 5500) }, 8000).samples) < 300);
});

test('pieces of any size give the same as the whole', () => {
  const samples = tone(24000, 700);
  const resampler = new Resampler(24000, 16000);
  const pieces: number[] = [];
  for (let at = 0; at < samples.length; at += 331)
    pieces.push(...resampler.push(samples.subarray(at, at + 331)));
  pieces.push(...resampler.flush());
  assert.deepEqual(pieces, [...resample({ rate: 24000, samples }, 16000).samples]);
});

test('speech is cut out of its silence and brought to one peak', () => {
  const samples = new Int16Array(16000);
  samples.set(tone(16000, 500, 0.2), 4000);
  const out = tidy({ rate: 16000, samples }).samples;
  assert.ok(out.length / 16 < 300 && out.length / 16 > 200);
  const peak = out.reduce((most, s) => Math.max(most, Math.abs(s)), 0);
  assert.ok(Math.abs(peak - 22937) < 100);
  assert.equal(tidy({ rate: 16000, samples: new Int16Array(800) }).samples.length, 0);
});
