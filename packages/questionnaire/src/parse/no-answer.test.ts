import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf } from '../testing/items.ts';
import { parseAnswer } from './parse-answer.ts';

const weight = itemOf('quantity');

describe('why no value was heard', () => {
  const rows: [words: string, intent: 'unknown' | 'declined' | undefined][] = [
    ['I honestly could not say, I have no idea', 'unknown'],
    ['you would have to ask my doctor', 'unknown'],
    ["beats me, I don't own a scale", 'unknown'],
    ["I'm not telling you that", 'declined'],
    ["that's my business", 'declined'],
    ["I don't want to talk about it", 'declined'],
    ["two hundred, or was it less, I don't know", undefined],
    ['too much', undefined],
    ['what did you say', undefined],
  ];
  for (const [words, intent] of rows) {
    test(words, () => {
      const parsed = parseAnswer(weight, words, { today });
      assert.ok(!parsed.ok);
      assert.equal(parsed.intent, intent);
    });
  }

  test('a value outweighs the doubt about it', () => {
    const parsed = parseAnswer(weight, "oh, I don't know, a hundred sixty pounds", { today });
    assert.equal(
      parsed.ok && typeof parsed.value === 'object' && 'value' in parsed.value && parsed.value.value,
      160,
    );
  });
});
