import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, shortForm } from '../testing/intake.ts';
import { vocabularyOf } from './vocabulary.ts';

const of = (...items: string[]) => vocabularyOf(items.map((item) => definitionOf(shortForm(`  - ${item}`))));
const rows = ({ table }: { table: string }) => table.trimEnd().split('\n').slice(1);

test('a vocabulary has each hint and option once, with hyphens for spaces, and how it is written', () => {
  const made = of(
    '{ id: a, ask: A?, type: text, hints: { words: [metformin, atrial fibrillation, MRI] } }',
    '{ id: a, ask: A?, options: [{ say: a check-up, also: [Metformin] }] }',
  );
  assert.match(made.table, /^Phrase\tSoundsLike\tIPA\tDisplayAs\n/);
  assert.deepEqual(rows(made), [
    'M.R.I.\t\t\tMRI',
    'Metformin\t\t\tMetformin',
    'a-check-up\t\t\ta check-up',
    'atrial-fibrillation\t\t\tatrial fibrillation',
  ]);
  assert.deepEqual(made.left, []);
});

test('what Transcribe does not take, or hears anyway, is left out and told', () => {
  const made = of("{ id: a, ask: A?, options: [type 2, 'café', me, somebody else] }");
  assert.deepEqual(rows(made), ['somebody-else\t\t\tsomebody else', 'type-two\t\t\ttype two']);
  assert.deepEqual(
    made.left.map(({ words, because }) => [words, because.split(' ')[0]]),
    [
      ['café', 'it'],
      ['me', 'it'],
      ['type 2', 'digits'],
    ],
  );
});

test('a file stays within 50,000 bytes', () => {
  const words = Array.from({ length: 4000 }, (_, at) =>
    `word${at}`.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!),
  );
  const made = of(`{ id: a, ask: A?, type: text, hints: { words: [${words.join(', ')}] } }`);
  assert.ok(Buffer.byteLength(made.table) <= 50_000);
  assert.equal(rows(made).length + made.left.length, 4000);
  assert.match(made.left[0]?.because ?? '', /full/);
});
