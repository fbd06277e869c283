import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isComplaint, isReadBack, readBackVerdict, verdictIn } from './verdict.ts';

describe('a verdict on what was read back', () => {
  for (const words of [
    'Absolutely not.',
    'Of course not',
    'Definitely not',
    'I do not',
    'I am not.',
    'I have not',
    "I don't",
    'You got it wrong.',
    "You've got it wrong",
    'You got my name wrong',
    'You misheard me',
    'That is wrong.',
    "It's wrong",
    'It is not',
    "That isn't right",
    'Yeah, no.',
    'No, not at all.',
  ])
    test(`no: ${words}`, () =>
      assert.deepEqual(readBackVerdict(words)?.yes, false, JSON.stringify(readBackVerdict(words))));

  test('of two noes the second is not the correction', () =>
    assert.equal(readBackVerdict("No. You misheard, it's Smythe")?.rest, "it's Smythe"));

  for (const words of [
    'Yes.',
    'Absolutely.',
    'Of course.',
    'It is.',
    'I do.',
    'You got it.',
    'Yes, no problem.',
    'Yes, nothing is wrong.',
    'That is correct, thank you.',
  ])
    test(`yes: ${words}`, () => assert.equal(readBackVerdict(words)?.yes, true));

  for (const [words, rest] of [
    ['Yes but the year is wrong', 'the year is wrong'],
    ['Yes. But the year is wrong.', 'the year is wrong.'],
    ['yes except the last digit', 'the last digit'],
    ["Yeah, but it's Smythe with a y", "it's Smythe with a y"],
    ['Right, only the day should be the fifth', 'the day should be the fifth'],
    ['Yes, the year is wrong', 'the year is wrong'],
  ] as const)
    test(`partly: ${words}`, () =>
      assert.deepEqual(readBackVerdict(words), { yes: false, rest, partly: true }));

  test('what opens a value is no verdict', () =>
    assert.equal(readBackVerdict('It is March fifth'), undefined));
});

test('an answer to a question stays a yes with what qualifies it', () =>
  assert.deepEqual(verdictIn('Yes but not often'), { yes: true, rest: 'but not often' }));

test('a complaint says where a value is wrong, not what is right', () => {
  assert.ok(isComplaint('the last digit'));
  assert.ok(isComplaint('The year is wrong.'));
  assert.ok(!isComplaint('the fifth'));
});

test('a question whether a value is right reads it back', () => {
  assert.ok(isReadBack('I have March 3. Is that right?'));
  assert.ok(!isReadBack('Is parking free?'));
});
