import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionOf, shortForm } from '../testing/intake.ts';

const listening = (item: string) => {
  const [{ hints, patience } = { hints: undefined, patience: undefined }] = definitionOf(
    shortForm(`  - ${item}`),
  ).items;
  return [hints?.expect, patience, ...(hints?.words ?? [])];
};

describe('how an answer is listened to', () => {
  const rows: [item: string, expected: readonly (string | number)[]][] = [
    ['{ id: a, ask: A?, type: boolean }', ['yes-no', 1200]],
    [
      '{ id: a, ask: A?, options: [red, { say: blue, also: [azure] }] }',
      ['option', 1200, 'red', 'blue', 'azure'],
    ],
    ['{ id: a, ask: A?, type: date }', ['date', 1800]],
    ['{ id: a, ask: A?, form: name }', ['name', 1900]],
    ['{ id: a, ask: A?, form: phone }', ['digits', 1900]],
    ['{ id: a, ask: A? }', ['words', 1900]],
    ['{ id: a, ask: A?, patience: very-long }', ['words', 4500]],
    [
      '{ id: a, ask: A?, patience: 900, hints: { words: [metformin], expect: characters } }',
      ['characters', 900, 'metformin'],
    ],
  ];
  for (const [item, expected] of rows) test(item, () => assert.deepEqual(listening(item), expected));
});
