import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Expected, recordedAnswers, score } from './score.ts';

const response = {
  item: [
    { linkId: 'caller', answer: [{ valueCoding: { code: 'self', display: 'myself' } }] },
    {
      linkId: 'group',
      item: [
        { linkId: 'birth-date', answer: [{ valueDate: '1985-03-03' }] },
        { linkId: 'chest-pain', answer: [{ valueBoolean: false }] },
      ],
    },
    { linkId: 'medicines', answer: [{ valueString: 'Metformin, and aspirin.' }] },
    { linkId: 'age', answer: [{ valueInteger: 40 }] },
    { linkId: 'weight', answer: [{ valueQuantity: { value: 170, code: '[lb_av]' } }] },
    { linkId: 'empty' },
    {
      linkId: 'declined',
      answer: [{ extension: [{ url: 'data-absent-reason', valueCode: 'asked-declined' }] }],
    },
  ],
};

const cases: [item: string, expected: Expected, right: boolean][] = [
  ['caller', 'self', true],
  ['caller', 'Myself', true],
  ['caller', 'someone-else', false],
  ['birth-date', '1985-03-03', true],
  ['birth-date', '1985-03-04', false],
  ['chest-pain', false, true],
  ['chest-pain', true, false],
  ['medicines', { contains: ['metformin', 'aspirin'] }, true],
  ['medicines', { contains: ['metformin', 'insulin'] }, false],
  ['medicines', ['nothing', 'metformin and aspirin'], true],
  ['age', 40, true],
  ['weight', 170, true],
  ['empty', null, true],
  ['declined', null, true],
  ['declined', 'undefined', false],
  ['empty', 'x', false],
  ['age', null, false],
];

for (const [item, expected, right] of cases) {
  test(`${item} recorded, ${JSON.stringify(expected)} expected: ${right ? 'right' : 'wrong'}`, () => {
    assert.equal(score({ [item]: expected }, recordedAnswers(response))[0]?.right, right);
  });
}

test('a call without a response has everything wrong but what should be empty', () => {
  const scores = score({ a: 'x', b: null }, recordedAnswers({}));
  assert.deepEqual(
    scores.map(({ right }) => right),
    [false, true],
  );
});
