import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { AwaitedWords } from './awaited-words.ts';

function begin() {
  const clock = new ManualClock();
  const late: number[] = [];
  const words = new AwaitedWords({ clock, onLate: () => late.push(clock.monotonic()) });
  return { clock, late, words };
}

/** The detector tells of silence half a second after the last word. */
const silentMs = 500;

test('words that have not come 2 s after the last one are told of, once', async () => {
  const { clock, late, words } = begin();
  words.spoke(1000);
  words.fellSilent(silentMs);
  await clock.advance(1499);
  assert.deepEqual(late, []);
  await clock.advance(1);
  assert.equal(late.length, 1);
  await clock.advance(10_000);
  assert.equal(late.length, 1);
});

for (const [what, act] of [
  ['a caller who goes on', (words: AwaitedWords) => words.spoke(2000)],
  ['words that came in time', (words: AwaitedWords) => words.heard(1900)],
  ['an agent that has the floor', (words: AwaitedWords) => words.stop()],
] as const)
  test(`${what}: nothing is said`, async () => {
    const { clock, late, words } = begin();
    words.spoke(1000);
    words.fellSilent(silentMs);
    await clock.advance(1000);
    act(words);
    await clock.advance(10_000);
    assert.deepEqual(late, []);
  });

test('words are unheard from their beginning until a final reaches past it', () => {
  const { words } = begin();
  assert.equal(words.isUnheard, false);
  words.spoke(5000);
  words.heard(4000);
  assert.equal(words.isUnheard, true);
  words.heard(5600);
  assert.equal(words.isUnheard, false);
});
