import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Extension, QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { hl7, questionnaireOf, questionOf } from '../testing/features/feature.ts';
import { voice } from './extensions.ts';
import { loadQuestionnaire } from './load.ts';

const when = (question: string, operator: string, answer: object) =>
  ({ question, operator, ...answer }) as QuestionnaireItemEnableWhen;
const bounds = (low: number, high: number): Extension[] => [
  { url: `${hl7}minValue`, valueInteger: low },
  { url: `${hl7}maxValue`, valueInteger: high },
];
const n = (extension: Extension[] = []) => questionOf('n', 'integer', { extension });
const b = (...enableWhen: QuestionnaireItemEnableWhen[]) => questionOf('b', 'boolean', { enableWhen });

const warningsOf = (items: QuestionnaireItem[], more = {}) =>
  loadQuestionnaire(questionnaireOf(items, more), 't.json').warnings.map(
    ({ line, path, message }) => `${line} ${path} ${message}`,
  );

describe('items that are never asked', () => {
  const dead: [name: string, items: QuestionnaireItem[], why: RegExp][] = [
    [
      'a value above the greatest',
      [n(bounds(0, 3)), b(when('n', '>', { answerInteger: 3 }))],
      /cannot have such a value/,
    ],
    [
      'a value below the least',
      [n(bounds(1, 3)), b(when('n', '=', { answerInteger: 0 }))],
      /cannot have such a value/,
    ],
    [
      'two values of one answer',
      [n(), b(when('n', '=', { answerInteger: 1 }), when('n', '=', { answerInteger: 2 }))],
      /exclude each other/,
    ],
    [
      'an empty range',
      [n(), b(when('n', '>', { answerInteger: 5 }), when('n', '<', { answerInteger: 5 }))],
      /exclude each other/,
    ],
    [
      'an answer and none',
      [n(), b(when('n', '=', { answerInteger: 5 }), when('n', 'exists', { answerBoolean: false }))],
      /exclude each other/,
    ],
    [
      'a hidden item without a value',
      [
        { ...n([{ url: `${hl7}questionnaire-hidden`, valueBoolean: true }]) },
        b(when('n', '=', { answerInteger: 5 })),
      ],
      /not asked of callers/,
    ],
    [
      'an item that hangs on one that is never asked',
      [
        n(bounds(0, 3)),
        b(when('n', '>', { answerInteger: 3 })),
        questionOf('c', 'boolean', { enableWhen: [when('b', '=', { answerBoolean: true })] }),
      ],
      /"c" is never asked: "b" is never asked/,
    ],
  ];
  for (const [name, items, why] of dead) {
    test(`${name}: listed`, () => assert.match(warningsOf(items).join('\n'), why));
  }

  const alive: [name: string, items: QuestionnaireItem[]][] = [
    ['the bounds themselves', [n(bounds(0, 3)), b(when('n', '>=', { answerInteger: 3 }))]],
    [
      'one of two values',
      [
        n(),
        {
          ...b(when('n', '=', { answerInteger: 1 }), when('n', '=', { answerInteger: 2 })),
          enableBehavior: 'any',
        },
      ],
    ],
    [
      'two of several answers',
      [
        { ...n(), repeats: true },
        b(when('n', '=', { answerInteger: 1 }), when('n', '=', { answerInteger: 2 })),
      ],
    ],
    ['a range', [n(), b(when('n', '>', { answerInteger: 1 }), when('n', '<', { answerInteger: 5 }))]],
  ];
  for (const [name, items] of alive)
    test(`${name}: not listed`, () => assert.deepEqual(warningsOf(items), []));
});

test('a red flag whose conditions can never hold is a fault', () => {
  const condition = (answer: number): Extension => ({
    url: 'condition',
    extension: [
      { url: 'question', valueString: 'n' },
      { url: 'operator', valueCode: '>' },
      { url: 'answer', valueInteger: answer },
    ],
  });
  const flag = (answer: number): Extension => ({
    url: voice.redFlag,
    extension: [
      { url: 'id', valueString: 'much' },
      { url: 'severity', valueCode: 'urgent' },
      { url: 'script', valueString: 'One moment.' },
      condition(answer),
    ],
  });
  const faultsOf = (answer: number) =>
    loadQuestionnaire(questionnaireOf([n(bounds(0, 3))], { extension: [flag(answer)] }), 't.json').faults;
  assert.match(JSON.stringify(faultsOf(3)), /red flag much: it can never fire/);
  assert.deepEqual(faultsOf(2), []);
});

describe('prompts that cannot be said', () => {
  const rows: [text: string, why: RegExp | undefined][] = [
    ['See www.a.example for more', /web address/],
    ['Click the button to go on', /points to a screen/],
    ['%%% 123', /no words/],
    ['a | b | c', /signs that are not said/],
    ['Rate {score}', /not said/],
    ['x'.repeat(401), /401 characters/],
    ['How are you?', undefined],
    ['Does it hurt above the knee?', undefined],
  ];
  for (const [text, why] of rows) {
    test(`"${text.slice(0, 30)}"`, () => {
      const [warning] = warningsOf([{ ...questionOf('a', 'text'), text }]);
      if (why) assert.match(warning ?? '', why);
      else assert.equal(warning, undefined);
    });
  }
});
