import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saidAboutCalls, timeIn } from './wishes.ts';

const today = '2026-11-28';

for (const [words, expected] of [
  ['call me back', 'later plain'],
  ['can you call me back tomorrow at five p.m.', 'later plain 2026-11-29T17:00:00'],
  ['sorry, I have to go', 'later'],
  ['I have to go to the bathroom at night', ''],
  ['I fell, and later my knee hurt', ''],
  ['I never call the doctor', ''],
  ["I'm busy with my children", ''],
  ["I can't talk now, call me in an hour", 'later plain PT60M'],
  ['could you call me back in half an hour please', 'later plain PT30M'],
  ['this is not a good time', 'later'],
  ['I want a call back about my test results', 'later'],
  ["don't call me back", 'never'],
  ['please stop calling me', 'never'],
  ['no more calls', 'never'],
  ['please stop calling', 'never'],
  ['not now', ''],
  ['later', ''],
  ['my mother called me back yesterday', ''],
  ['wrong number', ''],
  ['yes', ''],
  ['I take it twice a day', ''],
  ['my phone number is five five five', ''],
] as const) {
  test(`in a call, "${words}": ${expected || 'nothing about calls'}`, () =>
    assert.equal(shown(words, false), expected));
}

for (const [words, expected] of [
  ['not now', 'later plain'],
  ["I'm driving", 'later plain'],
  ["yes, but I can't talk, my boss is here", 'later plain'],
  ['wrong number', 'wrong-number'],
  ["I didn't call anybody", 'wrong-number'],
  ['speaking', 'it-is-me'],
  ['yes, this is she', 'it-is-me'],
  ['please leave a message after the tone', 'machine'],
  ['you have reached the voicemail of', 'machine'],
  ['the person you are calling is not available', 'machine'],
  ["sorry we can't come to the phone right now", 'machine'],
  ['do not call this number', 'never'],
  ['hello', ''],
  ['yes', ''],
  ['no', ''],
  ['who is this', ''],
] as const) {
  test(`by whoever answered, "${words}": ${expected || 'nothing about calls'}`, () =>
    assert.equal(shown(words, true), expected));
}

function shown(words: string, isScreening: boolean): string {
  const said = saidAboutCalls(words, today, isScreening);
  if (said?.wish !== 'later') return said?.wish ?? '';
  return [said.wish, said.isPlain ? 'plain' : '', said.when].filter(Boolean).join(' ');
}

for (const [words, when] of [
  ['tomorrow at five p.m.', '2026-11-29T17:00:00'],
  ['at five thirty this afternoon', '2026-11-28T17:30:00'],
  ['tomorrow morning', '2026-11-29T09:00:00'],
  ['in twenty minutes', 'PT20M'],
  ['in two hours', 'PT120M'],
  ['soon', undefined],
] as const)
  test(`"${words}" is ${when ?? 'no time'}`, () => assert.equal(timeIn(words, today), when));
