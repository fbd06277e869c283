import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Extension, QuestionnaireItem } from 'fhir/r4.d.ts';
import { hl7, questionnaireOf, questionOf, sdc } from '../testing/features/feature.ts';
import { voice } from './extensions.ts';
import { loadQuestionnaire } from './load.ts';

const found = (item: QuestionnaireItem) => {
  const { faults, warnings } = loadQuestionnaire(questionnaireOf([item]), 't.json');
  const messages = (list: typeof faults) => list.map(({ message }) => message).join('\n');
  return { faults: messages(faults), warnings: messages(warnings) };
};

const control = (code: string): Extension => ({
  url: `${hl7}questionnaire-itemControl`,
  valueCodeableConcept: { coding: [{ code }] },
});
const codes = Array.from({ length: 1_001 }, (_, index) => ({
  valueCoding: { code: `c${index}`, display: `Code ${index}` },
}));

const made: [name: string, item: QuestionnaireItem, told: RegExp][] = [
  [
    'a grid',
    {
      linkId: 'g',
      type: 'group',
      text: 'G',
      extension: [control('gtable')],
      item: [questionOf('a', 'boolean')],
    },
    /a grid \(gtable\)/,
  ],
  [
    'a picture beside a question',
    questionOf('a', 'boolean', {
      extension: [{ url: `${sdc}itemMedia`, valueAttachment: { url: 'x.png' } }],
    }),
    /shows a picture/,
  ],
  [
    'a picture in its text',
    questionOf('a', 'boolean', { text: 'Is it ![rash](rash.png) like this?' }),
    /shows a picture/,
  ],
  ['a table in its text', questionOf('a', 'boolean', { text: 'How far?\n| a | b |' }), /shows a table/],
  [
    'a thousand codes and one',
    questionOf('a', 'choice', { answerOption: codes }),
    /1001 options are too many/,
  ],
  [
    'an unknown value set',
    questionOf('a', 'choice', { answerValueSet: 'http://a.example/vs' }),
    /cannot be listed/,
  ],
];
for (const [name, item, told] of made) {
  test(`${name}: a warning where optional, a fault where required`, () => {
    const optional = found(item);
    assert.match(optional.warnings, told);
    assert.equal(optional.faults, '');
    assert.match(found({ ...item, required: true }).faults, told);
  });
}

test('a voice prompt of its own does without the picture', () => {
  const item = questionOf('a', 'boolean', {
    text: 'Is it ![rash](rash.png) like this?',
    required: true,
    extension: [{ url: voice.prompt, valueString: 'Is the rash red and raised?' }],
  });
  assert.deepEqual(found(item), { faults: '', warnings: '' });
});
