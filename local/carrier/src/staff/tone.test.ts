import assert from 'node:assert/strict';
import { test } from 'node:test';
import { synthesiser } from '../voice.ts';
import { toneFrames, toneIn, toneStart } from './tone.ts';

const joined = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));
const tone = (hz: number, frames: number) => {
  const next = toneFrames(hz);
  return joined(...Array.from({ length: frames }, next));
};

test('a tone is told from silence and from another one', () => {
  assert.ok(toneIn(tone(700, 1), 700) > 0.95);
  assert.ok(toneIn(tone(1130, 1), 700) < 0.05);
  assert.equal(toneIn(new Int16Array(160), 700), 0);
});

const mixed = (a: Int16Array, b: Int16Array) => a.map((sample, at) => sample + (b[at] ?? 0));

/** Within a frame or two of where it began, ms. */
const assertNear = (found: number | undefined, ms: number) =>
  assert.ok(found !== undefined && Math.abs(found - ms) <= 40, `${String(found)} for ${ms}`);

test('its beginning is found, also with a second tone', () => {
  assertNear(toneStart(joined(new Int16Array(1600), tone(700, 40)), 700), 200);
  assertNear(toneStart(mixed(tone(1130, 100), joined(new Int16Array(4800), tone(700, 70))), 700), 600);
  assert.equal(toneStart(tone(1130, 50), 700), undefined);
});

test('speech is none, and does not hide one', async () => {
  const speech = await synthesiser('slt').speak(
    'This is the automated assistant, with a caller who needs a person.',
  );
  assert.equal(toneStart(speech, 700), undefined);
  assert.equal(toneStart(speech, 1130), undefined);
  for (const hz of [700, 1130]) {
    assertNear(toneStart(joined(speech, tone(hz, 40)), hz), speech.length / 8);
    assertNear(toneStart(mixed(speech, joined(new Int16Array(8000), tone(hz, 100))), hz), 1000);
  }
});
