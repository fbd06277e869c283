import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from './items.ts';
import { isScrap } from './scraps.ts';

const choice: Item = {
  id: 'caller',
  text: '[choice, required]: Are you calling for yourself?; one of: self (myself), someone-else (someone else)',
  kind: 'text',
};
const letters: Item = { id: 'q', text: '[choice]: Which?; one of: a, b', kind: 'text' };
const free: Item = { id: 'reason', text: '[text]: What is it about?', kind: 'text' };
const flag: Item = { id: 'pain', text: '[yes or no]: Any pain?', kind: 'boolean' };

for (const [item, words, expected] of [
  [choice, 'that is for', true],
  [choice, 'I have', true],
  [choice, 'but', true],
  [choice, "It's for.", true],
  [choice, 'for me', false],
  [choice, "it's for my son", false],
  [choice, 'none', false],
  [letters, 'A.', false],
  [free, 'it is because', true],
  [free, 'I have', false],
  [flag, 'I have', false],
] as const) {
  test(`${item.id}: ${words} is ${expected ? 'a scrap' : 'an answer'}`, () =>
    assert.equal(isScrap(words, item), expected));
}
