import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf } from '../testing/intake.ts';
import type { AnswerValue, ConditionOperator } from '../types.ts';
import { holds } from './compare.ts';

describe('enableWhen operators', () => {
  const coded = (code: string, system = 's') => ({ system, code, display: code });
  const rows: [values: AnswerValue[], operator: ConditionOperator, answer: AnswerValue, expected: boolean][] =
    [
      [[], 'exists', true, false],
      [[], 'exists', false, true],
      [[1], 'exists', true, true],
      [[1], 'exists', false, false],
      [[true], '=', true, true],
      [[false], '=', true, false],
      [[], '=', true, false],
      [[true], '!=', false, true],
      [[], '!=', false, false],
      [[1, 2], '=', 2, true],
      [[1, 2], '!=', 2, false],
      [[5], '>', 4, true],
      [[5], '>', 5, false],
      [[5], '>=', 5, true],
      [[5], '<', 5, false],
      [[4], '<', 5, true],
      [[5], '<=', 5, true],
      [[5.5], '>', 5, true],
      [['2020-01-02'], '>', '2020-01-01', true],
      [['2020-01-01T10:00:00'], '<', '2020-01-02T00:00:00', true],
      [['09:00:00'], '<', '10:00:00', true],
      [['abc'], '=', 'abc', true],
      [[coded('x')], '=', coded('x'), true],
      [[{ code: 'x', display: 'Ex' }], '=', coded('x'), true],
      [[coded('x', 'other')], '=', coded('x'), false],
      [[coded('x')], '>', coded('a'), false],
      [[{ value: 2, code: 'wk' }], '>', { value: 1, code: 'wk' }, true],
      [[{ value: 2, code: 'd' }], '>', { value: 1, code: 'wk' }, false],
      [[5], '>', 'four', false],
    ];
  for (const [values, operator, answer, expected] of rows) {
    test(`${JSON.stringify(values)} ${operator} ${JSON.stringify(answer)}: ${expected}`, () => {
      assert.equal(holds({ operator, answer }, values), expected);
    });
  }
});

describe('enableBehavior and groups', () => {
  const definition = definitionOf(
    JSON.stringify({
      resourceType: 'Questionnaire',
      status: 'active',
      url: 'https://vestibule.example/test',
      version: '1',
      item: [
        { linkId: 'a', text: 'A?', type: 'boolean' },
        { linkId: 'b', text: 'B?', type: 'boolean' },
        { linkId: 'any', text: 'Any?', type: 'boolean', enableBehavior: 'any', enableWhen: both() },
        {
          linkId: 'group',
          type: 'group',
          enableBehavior: 'all',
          enableWhen: both(),
          item: [{ linkId: 'all', text: 'All?', type: 'boolean' }],
        },
      ],
    }),
    'x.json',
  );

  function both() {
    return ['a', 'b'].map((question) => ({ question, operator: '=', answerBoolean: true }));
  }

  const rows: [a: boolean, b: boolean, asked: string][] = [
    [false, false, 'complete'],
    [true, false, 'ask any'],
    [true, true, 'ask any'],
  ];
  for (const [a, b, asked] of rows) {
    test(`a ${a}, b ${b}: ${asked}`, () => {
      const call = new Conversation(definition);
      call.answer('a', a);
      call.answer('b', b);
      assert.equal(call.at, asked);
      if (asked === 'complete') return;
      call.say('yes');
      assert.equal(call.at, a && b ? 'ask all' : 'complete');
    });
  }
});
