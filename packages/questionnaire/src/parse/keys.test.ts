import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf, option } from '../testing/items.ts';
import type { AnswerValue, CodedValue, Item } from '../types.ts';
import { keyedAnswer, keysIn, parseKeyed } from './keys.ts';

const keyed = itemOf('choice', {
  options: [
    { ...option('a', 'First'), key: '1' },
    { ...option('none', 'None of these'), key: '9' },
  ],
});
const scored = itemOf('choice', {
  options: [
    { ...option('never', 'Never'), ordinal: 0 },
    { ...option('often', 'Often'), ordinal: 1 },
  ],
});

describe('keys pressed, or said instead', () => {
  const rows: [item: Item, words: string, expected: AnswerValue | undefined][] = [
    [itemOf('boolean'), '1', true],
    [itemOf('boolean'), '2#', false],
    [itemOf('boolean'), 'two', false],
    [itemOf('boolean'), 'I pressed one', true],
    [itemOf('boolean'), 'yes', true],
    [itemOf('boolean'), '7', undefined],
    [itemOf('integer'), '4 2 #', 42],
    [itemOf('integer'), '4*2', undefined],
    [itemOf('integer'), 'six, then pound', 6],
    [itemOf('time'), '0930', '09:30:00'],
    [itemOf('time'), '2460', undefined],
    [itemOf('date'), '03031985#', '1985-03-03'],
    [itemOf('string', { form: 'phone' }), '5550100123#', '+15550100123'],
    [keyed, '9', 'none'],
    [keyed, 'nine for none', 'none'],
    [keyed, '2', undefined],
    [scored, '0', 'never'],
    [scored, '2', undefined],
  ];
  for (const [item, words, expected] of rows) {
    test(`${item.type}: ${words}`, () => {
      const parsed = parseKeyed(item, words, { today });
      const value = parsed.ok ? parsed.value : undefined;
      assert.equal(typeof value === 'object' ? (value as CodedValue).code : value, expected);
    });
  }

  test('words that are no keys are left to the parser', () => {
    assert.equal(keysIn('I see no key with a one'), undefined);
    assert.equal(keysIn('one or two'), undefined);
    assert.equal(keysIn('one, no wait, two'), '2');
  });

  test('without keys of their own, options are chosen by their place', () => {
    const item = itemOf('choice', { options: [option('x', 'X'), option('y', 'Y')] });
    assert.equal(keyedAnswer(item, '2'), 'y');
  });
});
