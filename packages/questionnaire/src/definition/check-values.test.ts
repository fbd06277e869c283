import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { hl7, questionnaireOf, questionOf, sdc } from '../testing/features/feature.ts';
import { loadQuestionnaire } from './load.ts';

const limits = (low: number, high: number) => [
  { url: `${hl7}minValue`, valueInteger: low },
  { url: `${hl7}maxValue`, valueInteger: high },
];
const load = (...items: QuestionnaireItem[]) => loadQuestionnaire(questionnaireOf(items), 't.json');
const faultsOf = (item: QuestionnaireItem) =>
  load(item)
    .faults.map(({ path, message }) => `${path}: ${message}`)
    .join('\n');

const rows: [name: string, item: QuestionnaireItem, told: RegExp][] = [
  [
    'an initial value of another type',
    questionOf('a', 'integer', { initial: [{ valueString: 'three' }] }),
    /item\[0\]\.initial\[0\]: is no value of the type integer/,
  ],
  [
    'an initial value that is not an option',
    questionOf('a', 'choice', {
      answerOption: [{ valueCoding: { code: 'x' } }],
      initial: [{ valueCoding: { code: 'y' } }],
    }),
    /is not one of the options/,
  ],
  [
    'the thirtieth of February',
    questionOf('a', 'date', { initial: [{ valueDate: '2026-02-30' }] }),
    /is no value of the type date/,
  ],
  [
    'a bound of another type',
    questionOf('a', 'date', { extension: [{ url: `${hl7}minValue`, valueInteger: 3 }] }),
    /its minimum is no value of the type date/,
  ],
  [
    'bounds that leave nothing, of a required question',
    questionOf('a', 'integer', { required: true, extension: limits(5, 3) }),
    /the minimum is above the maximum/,
  ],
];
for (const [name, item, told] of rows) test(`${name} is a fault`, () => assert.match(faultsOf(item), told));

test('values that fit are none', () => {
  assert.equal(
    faultsOf(questionOf('a', 'integer', { initial: [{ valueInteger: 3 }], extension: limits(1, 3) })),
    '',
  );
  assert.equal(faultsOf(questionOf('a', 'date', { initial: [{ valueDate: '2026-02' }] })), '');
});

test('an expression that looks for a link that no item has: a warning with its place', () => {
  const expression = "%resource.item.where(linkId = 'gone').answer.value = true";
  const item = questionOf('b', 'boolean', {
    extension: [
      { url: `${sdc}enableWhenExpression`, valueExpression: { language: 'text/fhirpath', expression } },
    ],
  });
  const [warning] = load(questionOf('a', 'boolean'), item).warnings;
  assert.match(warning!.message, /no item has the link "gone"/);
  assert.equal(warning!.path, 'item[1].extension[0]');
});
