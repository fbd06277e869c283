import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf } from '../testing/items.ts';
import type { Item } from '../types.ts';
import { parseAnswer } from './parse-answer.ts';

function taken(item: Item, words: string) {
  const parsed = parseAnswer(item, words, { today });
  assert.ok(parsed.ok, words);
  return parsed;
}

describe('how sure a value is, and where it was said', () => {
  test('said plainly, it is certain', () => {
    assert.equal(taken(itemOf('integer'), 'three').confidence, 1);
  });

  test('hedges, corrections, repaired words and words beside it make it less so', () => {
    const sure = (words: string) => taken(itemOf('integer'), words).confidence ?? 1;
    assert.ok(sure('about three') < 1);
    assert.ok(sure('three, no, four') < 1);
    assert.ok((taken(itemOf('decimal'), 'ate point five').confidence ?? 1) < sure('three, no, four'));
    assert.ok(sure('three and my head hurts') < 0.9);
  });

  test('a word taken for another that sounds like it leaves the value in doubt', () => {
    const parsed = taken(itemOf('decimal'), 'ate point five');
    assert.deepEqual([parsed.value, parsed.covered, parsed.unused], [8.5, false, ['ate']]);
  });

  test('the span holds the words of the value, also behind hesitations and punctuation', () => {
    const spanned = (item: Item, words: string) => {
      const { start = 0, end = 0 } = taken(item, words).span ?? {};
      return words.slice(start, end);
    };
    assert.equal(spanned(itemOf('integer'), 'um, well, um, forty-two I think'), 'forty-two');
    assert.equal(spanned(itemOf('integer'), 'three, no, four'), 'four');
    assert.equal(spanned(itemOf('time'), 'at 3:30 p.m. please'), '3:30 p.m');
    assert.equal(spanned(itemOf('date'), 'uh, on March 3rd, 1985.'), 'March 3rd, 1985');
  });
});
