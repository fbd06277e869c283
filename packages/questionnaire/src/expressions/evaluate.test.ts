import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate, expressionProblem } from './evaluate.ts';
import { mentionsOf } from './mentions.ts';

const response = {
  resourceType: 'QuestionnaireResponse',
  item: [{ linkId: 'a', answer: [{ valueInteger: 3 }] }],
};
const at = { data: response, path: 'QuestionnaireResponse' } as const;
const evaluated = (expression: string, today?: string, left = 10_000) => {
  const budget = { left };
  const found = evaluate(expression, at, { today, variables: { resource: response }, budget });
  return { found, spent: left - budget.left };
};

describe('evaluate', () => {
  const rows: [expression: string, values: unknown[]][] = [
    ["item.where(linkId='a').answer.value", [3]],
    ['today() - 1 year', ['2025-11-23']],
    ['now().toString().substring(0, 10)', ['2026-11-23']],
    ['{}', []],
  ];
  for (const [expression, values] of rows) {
    test(expression, () => assert.deepEqual(evaluated(expression, '2026-11-23').found, { ok: true, values }));
  }

  const failing: [expression: string, problem: RegExp][] = [
    ['today()', /the day of the call is not known/],
    ['1.repeat($this + 1)', /takes too long/],
    ["'a'.memberOf('http://a.example')", /not allowed/],
    ['%nobody', /undefined/],
    ["'a' + 1", /./],
  ];
  for (const [expression, problem] of failing) {
    test(`${expression} fails`, () => {
      const { found } = evaluated(expression);
      assert.match(found.ok ? '' : found.problem, problem);
    });
  }

  test('takes what it used from the budget, and stops where that ends', () => {
    const { spent } = evaluated('1 + 1');
    assert.ok(spent > 0 && spent < 100);
    assert.match(JSON.stringify(evaluated('1 + 1', undefined, 2).found), /takes too long/);
  });
});

test('what is no FHIRPath has a problem', () => {
  assert.equal(expressionProblem('item.first()'), undefined);
  assert.match(expressionProblem('item.(') ?? '', /line: 1/);
});

test('mentions: links in quotes, unless excluded, and variables', () => {
  const found = mentionsOf("%x + %`y z` + item.where(linkId='a' and linkId != 'b').answer & 'c %w'", (text) =>
    /^[ab]$/.test(text),
  );
  assert.deepEqual(found, { links: ['a'], variables: ['x', 'y z'] });
});
