import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PhraseBook } from './find-spans.ts';
import { phraseProblem } from './phrase-pattern.ts';
import { readWords } from './utterance.ts';

/** The words between the first and the last of each place. */
function places(phrase: string, said: string): string[] {
  const words = readWords(said);
  return new PhraseBook([phrase]).spans(words).map(({ start, end }) =>
    words
      .slice(start, end)
      .map(({ word }) => word)
      .join(' '),
  );
}

describe('phrases in what was said', () => {
  const rows: [phrase: string, said: string, found: string[]][] = [
    ['chest pain', 'my chest pains', ['chest pains']],
    ['chest … pain', 'chest and a lot of pain', []],
    ['chest … pain', 'chest has bad pain', ['chest has bad pain']],
    ['bleed*', 'bleeding, bled, bleeds', ['bleeding', 'bleeds']],
    ['(short|out) of (my)? breath', 'short of breath', ['short of breath']],
    ['chest & (pain|hurts)', 'it hurts here in my chest', ['hurts here in my chest']],
    ['chest & (pain|hurts)', 'my knee hurts but my chest is fine', []],
    ['chest & (pain|hurts)', 'it hurts. My chest is fine', []],
    ['took #', 'i took 30 of them', ['took 30']],
    ['in #year', 'in 2015', ['in 2015']],
    ["can't breathe", "can't… breathe", ["can't breathe"]],
    ["can't breathe", "can't. breathe", []],
  ];
  for (const [phrase, said, found] of rows) {
    test(`"${phrase}" in "${said}"`, () => {
      assert.deepEqual(places(phrase, said), found);
    });
  }

  test('parts joined by + are found wherever they are, all of them or none', () => {
    const book = new PhraseBook(['fever + (stiff neck|pus)']);
    const [found] = book.find(readWords('I have a fever. And a stiff neck.'));
    assert.deepEqual(
      found?.parts.map((spans) => spans.map(({ start }) => start)),
      [[3], [6]],
    );
    assert.deepEqual(book.find(readWords('I have a fever')), []);
  });

  test('an open phrase is one that the next words may complete', () => {
    const book = new PhraseBook(['chest x ray']);
    const words = readWords('my chest x');
    assert.deepEqual(book.spans(words), []);
    assert.deepEqual(
      book.spans(words, true).map(({ open }) => open),
      [true],
    );
  });
});

describe('word lists and joints in phrases', () => {
  const rows: [phrase: string, problem: string | undefined][] = [
    ['(<bleed>) & heavy', undefined],
    ['<nonesuch> pain', 'no such word list: <nonesuch>'],
    ['fever + … pus', 'begins and ends with a word'],
    ['(of)? breath', 'begins and ends with a word'],
  ];
  for (const [phrase, problem] of rows) {
    test(`"${phrase}": ${problem ?? 'fine'}`, () => {
      assert.equal(phraseProblem(phrase), problem);
    });
  }
});
