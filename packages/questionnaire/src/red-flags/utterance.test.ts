import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWords } from './utterance.ts';

const rows: [said: string, words: string][] = [
  ["I can't, um, breathe.", "i can't ,breathe"],
  ['i cant breathe im choking', "i can't breathe i'm choking"],
  ['I cannot breathe', "i can't breathe"],
  ['No pain. None? Well… some', 'no pain .none ?well …some'],
  ['twenty-two mg, 103.5', 'twenty two mg ,103.5'],
  ["it’s the OD'ing", "it's the od'ing"],
  ['', ''],
  ['... !', ''],
];
for (const [said, words] of rows) {
  test(`"${said}" reads as "${words}"`, () => {
    assert.equal(
      readWords(said)
        .map(({ word, mark }) => mark + word)
        .join(' '),
      words,
    );
  });
}

test('a word also counts as its singular, its owner, a number, a year', () => {
  const forms = readWords("pains husband's 104 2015 hurtin has").map(({ forms }) => forms.slice(1));
  assert.deepEqual(forms, [['pain'], ['husband'], ['#'], ['#', '#year'], ['hurting'], []]);
});
