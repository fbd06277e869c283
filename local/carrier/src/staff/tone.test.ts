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

test('it is found to the frame, and under a second tone', () => {
  assert.equal(toneStart(joined(new Int16Array(1600), tone(700, 20)), 700), 200);
  assert.equal(toneStart(tone(1130, 50), 700), undefined);
});

test('speech is none', async () => {
  const speech = await synthesiser('slt').speak(
    'This is the automated assistant, with a caller who needs a person.',
  );
  assert.equal(toneStart(speech, 700), undefined);
  assert.equal(toneStart(speech, 1130), undefined);
  const found = toneStart(joined(speech, tone(1130, 20)), 1130);
  assert.ok(found !== undefined && Math.abs(found - speech.length / 8) <= 20, String(found));
});
