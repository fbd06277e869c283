import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundLikeness, soundsOf } from './sounds.ts';
import { wordsOf } from './words.ts';

const sounds = (text: string) => soundsOf(wordsOf(text));
const alike = (cue: string, heard: string) => soundLikeness(sounds(cue), sounds(heard));

test('spelling becomes sounds, vowels one class', () => {
  assert.equal(sounds('phone number'), 'fannambar');
  assert.equal(sounds('which knight'), 'waCnat');
  assert.equal(sounds('question'), 'kwasSan');
});

test('a cue is found in the middle of a turn', () => {
  assert.equal(alike('date of birth', 'thank you what is your date of birth please'), 1);
});

test('what a recogniser makes of a question still sounds like it, other questions do not', () => {
  for (const [prompt, heard] of [
    ['What is the best phone number to call you back?', 'why did that phone number to call you back'],
    [
      'Are you having chest pain or trouble breathing right now?',
      'are you having campaign car trouble breathing right now',
    ],
    ['Would you prefer a morning or an afternoon?', 'what you prefer them mourning or on afternoon'],
  ] as const) {
    assert.ok(alike(prompt, heard) > 0.75, `${prompt}: ${alike(prompt, heard)}`);
    assert.ok(alike('Do you have any allergies to medicines or food?', heard) < 0.7, heard);
  }
});

test('nothing is like nothing', () => {
  assert.equal(soundLikeness('', 'abc'), 0);
  assert.ok(alike('date of birth', '') < 0.4);
});
