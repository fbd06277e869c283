import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { questionnaireItems } from './questionnaire-items.ts';

test('the YAML short form gives what is said, with other wordings, and what is nested', () => {
  const text = `
items:
  - { id: name, ask: What is your name?, text: Name }
  - id: more
    items:
      - { id: phone, ask: Your number?, retry: [Which number can we call?] }
`;
  assert.deepEqual(questionnaireItems(text, 'q.yaml'), [
    { id: 'name', prompts: ['What is your name?'] },
    { id: 'phone', prompts: ['Your number?', 'Which number can we call?'] },
  ]);
});

test('a FHIR questionnaire gives linkId and text', () => {
  const fhir = {
    resourceType: 'Questionnaire',
    id: 'q1',
    item: [{ linkId: '1', text: 'About you', item: [{ linkId: '1.1', text: 'How old are you?' }] }],
  };
  assert.deepEqual(questionnaireItems(JSON.stringify(fhir), 'q.json'), [
    { id: '1', prompts: ['About you'] },
    { id: '1.1', prompts: ['How old are you?'] },
  ]);
});

test('a file without items says so', () => {
  for (const text of ['', 'items: []', '{ "item": 1 }', 'a: [']) {
    assert.throws(
      () => questionnaireItems(text, 'q.yaml'),
      (error) => isCodedError(error, 'bad-questionnaire'),
    );
  }
});
