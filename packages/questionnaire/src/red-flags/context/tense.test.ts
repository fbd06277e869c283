import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentionOf } from '../testing/mention.ts';
import { type Tense, tenseOf } from './tense.ts';

const rows: [said: string, phrase: string, tense: Tense][] = [
  ['I am having chest pain', 'chest pain', 'present'],
  ['my chest hurts', 'chest hurts', 'present'],
  ["I can't breathe", "can't breathe", 'present'],
  ['I had chest pain', 'chest pain', 'past'],
  ['he passed out', 'passed out', 'past'],
  ['I fell and my chest hurts', 'chest hurts', 'present'],
  ['some chest pain', 'chest pain', 'none'],
  ['swollen lips', 'swollen', 'none'],
];
for (const [said, phrase, tense] of rows) {
  test(`"${phrase}" in "${said}" is ${tense}`, () => {
    const { scene, mention } = mentionOf(said, phrase);
    assert.equal(tenseOf(scene, mention), tense);
  });
}
