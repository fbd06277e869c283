import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkableTokens } from './numbers.ts';
import { contentWords, editDistance, likeness, wordsOf } from './words.ts';

test('words are lower case without marks', () => {
  assert.deepEqual(wordsOf("What's your date-of-birth, Ann?"), [
    'whats',
    'your',
    'date',
    'of',
    'birth',
    'ann',
  ]);
  assert.deepEqual(contentWords('Are you having any chest pain right now?'), ['chest', 'pain']);
});

test('words are alike by stem, by sound, or not', () => {
  assert.equal(likeness('medicines', 'medicine'), 1);
  assert.equal(likeness('allergies', 'allergic'), 1);
  assert.equal(likeness('callback', 'callbag'), 0.6);
  assert.equal(likeness('birth', 'breath'), 0.6);
  assert.equal(likeness('phone', 'reason'), 0);
  assert.equal(likeness('name', 'main'), 0);
});

test('distance counts insertions, deletions and substitutions', () => {
  assert.equal(editDistance([...'kitten'], [...'sitting']), 3);
  assert.equal(editDistance([], ['a']), 1);
});

test('numbers become the digits that a read-back is checked by', () => {
  for (const [text, tokens] of [
    ['march third nineteen eighty five', 'march 3 1 9 8 5'],
    ['March 3rd, 1985', 'march 3 1 9 8 5'],
    ['december twenty first two thousand one', 'december 2 1 2 1'],
    ['five five five, oh one hundred', '5 5 5 0 1'],
    ['may we march on', ''],
    ['may fifth', 'may 5'],
    ['ruth alvarez', ''],
  ] as const) {
    assert.equal(checkableTokens(text).join(' '), tokens, text);
  }
});
