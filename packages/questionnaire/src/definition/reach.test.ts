import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadQuestionnaire } from './load.ts';
import { shortForm } from '../testing/intake.ts';

/** What is said of items that are never asked, in the short form. */
function deadIn(items: string): string[] {
  const { faults, warnings } = loadQuestionnaire(shortForm(items), 't.yaml');
  assert.deepEqual(faults, []);
  return warnings.flatMap(({ line, message }) => {
    const dead = /^"(.*)" is never asked: (.*)$/.exec(message);
    return dead ? [`${line} ${dead[1]}: ${dead[2]}`] : [];
  });
}

const yesNo = (id: string, more = '') => `  - { id: ${id}, ask: "${id}?", type: boolean${more} }\n`;

test('what excludes itself across items that hang on each other is found, with its line', () => {
  const items =
    yesNo('fever') +
    yesNo('chills', ', when: { item: fever, is: yes }') +
    yesNo('both', ', when: { all: [{ item: chills, is: yes }, { item: fever, is: no }] }');
  const [dead, ...others] = deadIn(items);
  assert.match(dead ?? '', /^9 both: .* exclude each other on "fever"/);
  assert.deepEqual(others, []);
});

test('what a group and an item within it want of one answer', () => {
  const group = `  - id: g\n    text: More\n    type: group\n    when: { item: fever, is: yes }\n    items:\n`;
  const inner = `      - { id: i, ask: "i?", type: boolean, when: { item: fever, is: no } }\n`;
  assert.match(deadIn(yesNo('fever') + group + inner)[0] ?? '', /i: .* exclude each other on "fever"/);
});

test('neither yes nor no, no option that is left, no whole number between', () => {
  const options = '  - { id: c, ask: "c?", options: [red, green] }\n';
  const count = '  - { id: n, ask: "n?", type: integer }\n';
  const all = (...conditions: string[]) => `, when: { all: [${conditions.join(', ')}] }`;
  assert.equal(
    deadIn(
      yesNo('a') +
        options +
        count +
        yesNo('x', all('{ item: a, isNot: yes }', '{ item: a, isNot: no }')) +
        yesNo('y', all('{ item: c, isNot: red }', '{ item: c, isNot: green }')) +
        yesNo('z', all('{ item: n, above: 3 }', '{ item: n, below: 4 }')),
    ).length,
    3,
  );
});

test('each of several ways is closed: any of two that a group rules out', () => {
  const either = yesNo('e', ', when: { any: [{ item: n, above: 20 }, { item: n, below: 0 }] }');
  const bounded = (low: number) =>
    `  - { id: n, ask: "n?", type: integer, validate: { min: ${low}, max: 10 } }\n`;
  assert.equal(deadIn(bounded(0) + either).length, 1);
  assert.deepEqual(deadIn(bounded(-1) + either), []);
});

test('days and times between two others can be answered', () => {
  const day = '  - { id: d, ask: "d?", type: date }\n  - { id: t, ask: "t?", type: time }\n';
  const between = (id: string, item: string, low: string, high: string) =>
    yesNo(id, `, when: { all: [{ item: ${item}, above: ${low} }, { item: ${item}, below: ${high} }] }`);
  const items = between('x', 'd', "'2026-01-01'", "'2026-01-03'") + between('y', 't', "'09:00'", "'09:05'");
  assert.deepEqual(deadIn(day + items), []);
  assert.equal(deadIn(day + between('x', 'd', "'2026-01-03'", "'2026-01-01'")).length, 1);
});

test('a red flag that wants what excludes itself along the way can never fire', () => {
  const flag = (is: string) => `redFlags:
  - { id: f, severity: urgent, script: One moment., when: { all: [{ item: chills, is: yes }, { item: fever, is: ${is} }] } }`;
  const items = yesNo('fever') + yesNo('chills', ', when: { item: fever, is: yes }');
  const faultsOf = (is: string) => loadQuestionnaire(shortForm(items, flag(is)), 't.yaml').faults;
  assert.match(JSON.stringify(faultsOf('no')), /red flag f: it can never fire/);
  assert.deepEqual(faultsOf('yes'), []);
});
