import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, normalise, score, wordErrorRate } from './score.ts';

const cases: [string, string, [number, number, number]][] = [
  ['yes please', 'yes please', [0, 0, 0]],
  ['no that is wrong', 'no this is wrong', [1, 0, 0]],
  ['no that is wrong', 'no that wrong', [0, 0, 1]],
  ['no thanks', 'no no thanks', [0, 1, 0]],
  ['two weeks', '', [0, 0, 2]],
  ['', 'hello', [0, 1, 0]],
  ['a b c d', 'b c d e', [0, 1, 1]],
];

for (const [said, heard, [substitutions, insertions, deletions]] of cases)
  test(`"${said}" heard as "${heard}"`, () => {
    const words = normalise(said);
    const expected = { words: words.length, substitutions, insertions, deletions };
    assert.deepEqual(score(words, normalise(heard)), expected);
  });

test('case and punctuation do not count, apostrophes do', () => {
  assert.deepEqual(normalise("It's  Monday, the 3rd - I'd say."), [
    "it's",
    'monday',
    'the',
    'rd',
    "i'd",
    'say',
  ]);
});

test('rates add up over answers', () => {
  const total = add(score(['a', 'b'], ['a']), score(['c', 'd'], ['c', 'd']));
  assert.equal(wordErrorRate(total), 0.25);
});
