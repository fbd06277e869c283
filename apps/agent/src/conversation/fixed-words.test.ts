import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixedWords } from './fixed-words.ts';
import { definitionOf, script } from './testing/open-call.ts';

const definition = definitionOf(`
id: f
url: https://vestibule.example/fhir/Questionnaire/f
title: F
version: '1'
items:
  - { id: smoke, ask: Do you smoke? Cigars count., askProxy: Does the patient smoke?, type: boolean, required: true, retry: [Yes or no?] }
`);

test('the questionnaire’s and the agent’s own sentences are fixed, in any order; what holds anything else is not', () => {
  const fixed = new FixedWords(definition, script);
  for (const text of [
    'Do you smoke?',
    'Thank you. Do you smoke? Cigars count.',
    'Does the patient smoke?',
    'Yes or no?',
  ])
    assert.ok(fixed.has(text), text);
  for (const text of [
    'I have Ann Miller. Is that right?',
    'Thank you, Ann.',
    `${script.misheard} I have: 12.`,
  ])
    assert.equal(fixed.has(text), false, text);
});
