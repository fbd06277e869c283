import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePersona } from './persona.ts';

const minimal = 'version: 1\ncaller: { number: "+15550100123" }\nanswers:\n  name: { says: ruth }\n';

test('a caller and one answer are enough', () => {
  const { persona, faults } = parsePersona(minimal);
  assert.deepEqual(faults, []);
  assert.equal(persona?.voice, 'rms');
  assert.equal(persona.caller.verstat, 'TN-Validation-Passed-A');
  assert.equal(persona.behaviour.patienceMs, 4000);
});

test('every fault is reported with its line', () => {
  const { persona, faults } = parsePersona(
    [
      'version: 1',
      'caller: { number: 5550100, verstat: maybe }',
      'voice: alto',
      'answers:',
      '  name: {}',
      '  phone: { keys: abc }',
      'surprise: 1',
    ].join('\n'),
  );
  assert.equal(persona, undefined);
  assert.deepEqual(
    faults.map(({ path, line }) => [path, line]),
    [
      ['caller.number', 2],
      ['caller.verstat', 2],
      ['voice', 3],
      ['answers.name', 5],
      ['answers.phone.keys', 6],
      ['', 1],
    ],
  );
});

test('behaviour about an item without an answer is a fault', () => {
  const behaviour =
    'behaviour:\n  asksRepeat: [age]\n  digressions: [{ on: age, says: hm }]\n  hangsUp: { after: age }\n' +
    '  interrupts: [{ item: age, afterMs: 900 }]\n';
  assert.deepEqual(
    parsePersona(minimal + behaviour).faults.map(({ path, message }) => [path, message]),
    ['interrupts[0].item', 'asksRepeat[0]', 'digressions[0].on', 'hangsUp.after'].map((path) => [
      `behaviour.${path}`,
      '"age" is not among the answers',
    ]),
  );
});

test('an interruption names an item, or a turn and its words', () => {
  for (const [interruption, message] of [
    ['{ afterMs: 1, says: hm }', 'needs either item or turn'],
    ['{ item: name, turn: 2, afterMs: 1 }', 'needs either item or turn'],
    ['{ turn: 2, afterMs: 1 }', 'needs says when it names a turn'],
  ] as const) {
    const { faults } = parsePersona(`${minimal}behaviour: { interrupts: [${interruption}] }\n`);
    assert.ok(
      faults.some((fault) => fault.message === message),
      JSON.stringify(faults),
    );
  }
});

test('what is no YAML is one fault with its line', () => {
  const { faults } = parsePersona('version: 1\ncaller: {');
  assert.equal(faults.length, 1);
  assert.match(faults[0]?.message ?? '', /YAML/);
});

test('keys that YAML takes for an alias are a fault with line and remedy', () => {
  const { faults } = parsePersona(
    'version: 1\ncaller: { number: "+15550100123" }\nanswers:\n  phone: { keys: *9 }\n  pin:\n    keys: *1\n',
  );
  assert.deepEqual(
    faults.map(({ line, remedy }) => [line, remedy]),
    [
      [4, "A text that begins with * must be put in quotes: '*9'"],
      [6, "A text that begins with * must be put in quotes: '*1'"],
    ],
  );
});

test('the examples are valid, call from different numbers and say what is true', () => {
  const folder = join(import.meta.dirname, '../../../examples/personas');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length >= 10);
  const numbers = files.map((name) => {
    const { persona, faults } = parsePersona(readFileSync(join(folder, name), 'utf8'));
    assert.deepEqual(faults, [], name);
    assert.ok(persona && Object.keys(persona.expects).length > 0, `${name} expects nothing`);
    return persona.caller.number;
  });
  assert.equal(new Set(numbers).size, numbers.length);
});
