import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { enablementOf } from '../engine/enablement.ts';
import { definitionOf, example, shortForm } from '../testing/intake.ts';
import type { Definition, IntakeState } from '../types.ts';
import { callPaths } from './paths.ts';

const yesNo = (id: string, more = '') => `  - { id: ${id}, ask: "${id}?", type: boolean${more} }\n`;
const pathsOf = (items: string) => callPaths(definitionOf(shortForm(items)));

test('what excludes itself is not added up', () => {
  const items =
    yesNo('a') +
    yesNo('y', ', when: { item: a, is: yes }') +
    yesNo('n1', ', when: { item: a, is: no }') +
    yesNo('n2', ', when: { item: a, is: no }');
  const { shortest, longest, reasons } = pathsOf(items);
  assert.deepEqual(shortest.questions, ['a', 'y']);
  assert.deepEqual(longest.questions, ['a', 'n1', 'n2']);
  assert.deepEqual([shortest.exact, longest.exact, reasons], [true, true, []]);
});

test('the examples: the follow-up call has four branches', () => {
  const { shortest, longest } = callPaths(example('post-discharge.yaml'));
  assert.equal(shortest.questions.length, 11);
  assert.equal(longest.questions.length, 15);
  assert.ok(longest.seconds > shortest.seconds + 20 && longest.seconds < 300);
});

test('a long text and a read-back take longer', () => {
  const seconds = (more: string) =>
    pathsOf(`  - { id: p, ask: "Which number?", type: string${more} }\n`).longest.seconds;
  assert.ok(seconds(', form: phone, readBack: always') > seconds(', form: phone, readBack: never') + 5);
});

describe('against every answer there is', () => {
  /** Each item hangs on up to two earlier ones; groups of three bits decide how. */
  const questionnaires = fc
    .array(fc.array(fc.record({ on: fc.nat(20), is: fc.boolean() }), { maxLength: 2 }), {
      minLength: 1,
      maxLength: 8,
    })
    .chain((whens) =>
      fc
        .array(fc.boolean(), { minLength: whens.length, maxLength: whens.length })
        .map((any) => ({ whens, any })),
    );

  test('the most and the fewest questions are those of some answers, and of none more or fewer', () => {
    fc.assert(
      fc.property(questionnaires, ({ whens, any }) => {
        const items = whens.map((conditions, index) => {
          const on = index === 0 ? [] : conditions.map((one) => ({ ...one, on: one.on % index }));
          const listed = on.map((one) => `{ item: q${one.on}, is: ${one.is ? 'yes' : 'no'} }`).join(', ');
          const when = on.length === 0 ? '' : `, when: { ${any[index] ? 'any' : 'all'}: [${listed}] }`;
          return yesNo(`q${index}`, when);
        });
        const definition = definitionOf(shortForm(items.join('')));
        const { shortest, longest } = callPaths(definition);
        const counts = askedByAnswers(definition, whens.length);
        assert.equal(longest.questions.length, Math.max(...counts));
        assert.equal(shortest.questions.length, Math.min(...counts));
        assert.ok(longest.exact && shortest.exact);
      }),
      { numRuns: 150 },
    );
  });
});

/** How many questions apply, for every way to answer `count` yes-or-no questions. */
function askedByAnswers(definition: Definition, count: number): number[] {
  return Array.from({ length: 2 ** count }, (_, bits) => {
    const items: IntakeState['items'] = {};
    definition.items.forEach(({ linkId }, index) => {
      const value = ((bits >> index) & 1) === 1;
      items[linkId] = { status: 'answered', values: [value], display: '', confirmed: true };
    });
    const enabled = enablementOf(definition, { items });
    return definition.items.filter(({ linkId }) => enabled(linkId)).length;
  });
}

test('questions that all hang on each other: the search is given up, and says so', () => {
  const items = Array.from({ length: 40 }, (_, index) => {
    const on = [1, 2, 3, 5, 8, 13, 21]
      .filter((back) => back <= index)
      .map((back) => `{ item: q${index - back}, is: ${(index * back) % 3 === 0 ? 'no' : 'yes'} }`);
    return yesNo(`q${index}`, on.length === 0 ? '' : `, when: { any: [${on.join(', ')}] }`);
  });
  const { shortest, longest, reasons } = pathsOf(items.join(''));
  assert.equal(longest.questions.length, 40);
  assert.equal(shortest.exact, false);
  assert.match(reasons.join(), /hang together too closely/);
});

test('what an expression decides is a bound: on the longest path, not on the shortest', () => {
  const definition = definitionOf(shortForm(yesNo('a') + yesNo('b')));
  const [first, ...rest] = definition.items;
  const logic = { variables: [], constraints: [], toggles: [], hangsOn: [], enableWhen: 'true' };
  const { shortest, longest, reasons } = callPaths({ ...definition, items: [{ ...first!, logic }, ...rest] });
  assert.equal(longest.questions.length - shortest.questions.length, 1);
  assert.deepEqual([shortest.exact, longest.exact], [false, false]);
  assert.match(reasons.join(), /1 of its items hang on expressions/);
});
