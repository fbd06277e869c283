import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { shortForm as formOf } from '../../testing/intake.ts';
import { loadQuestionnaire } from '../load.ts';
import { shortFormJsonSchema } from './schema.ts';

interface Part {
  description?: string;
  examples?: unknown[];
  properties?: Record<string, Part>;
}

/** Every key of the schema, wherever it is. */
function keysOf(part: unknown, found = new Map<string, Part>()): Map<string, Part> {
  if (typeof part !== 'object' || part === null) return found;
  for (const [name, one] of Object.entries((part as Part).properties ?? {})) found.set(name, one);
  for (const inner of Object.values(part)) keysOf(inner, found);
  return found;
}

describe('the JSON Schema for editors', () => {
  test('is up to date', () => {
    const file = new URL('../../../schema/questionnaire.schema.json', import.meta.url);
    const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const remedy = 'node packages/questionnaire/scripts/write-schema.ts';
    assert.deepEqual(written, JSON.parse(JSON.stringify(shortFormJsonSchema())), remedy);
  });

  test('says of every key of an item what it is for, with an example', () => {
    const { $defs } = JSON.parse(JSON.stringify(shortFormJsonSchema())) as { $defs: Record<string, Part> };
    const item = Object.values($defs).find(({ properties }) => properties?.['askProxy']);
    const lacking = Object.entries(item!.properties!).filter(
      ([name, { description, examples }]) => name !== 'items' && (!description || !examples?.length),
    );
    assert.deepEqual(
      lacking.map(([name]) => name),
      [],
    );
    assert.ok(keysOf(shortFormJsonSchema()).size > 60);
  });
});

const rows: [name: string, text: string, fault: RegExp][] = [
  [
    'a key that is mistyped',
    formOf('  - { id: a, ask: A?, Required: true }'),
    /^7 items\[0\]\.Required: not a part.*Write required/,
  ],
  ['a key with hyphens', formOf('  - { id: a, ask: A?, ask-proxy: B? }'), /Write askProxy/],
  [
    'a class of patience there is not',
    formOf('  - { id: a, ask: A?, patience: endless }'),
    /items\[0\]\.patience: .*short, usual, long, very-long/,
  ],
  [
    'a key that no telephone has',
    formOf("  - { id: a, ask: A?, options: [{ say: x, key: '#' }] }"),
    /options\[0\]\.key: one to four digits/,
  ],
  [
    'one key for two options',
    formOf("  - { id: a, ask: A?, options: [{ say: x, key: '1' }, { say: y, key: '1' }] }"),
    /items\[0\]\.options\[1\]: the key 1/,
  ],
  [
    'more identifiers wanted than there are',
    formOf('  - { id: a, ask: A?, identifier: true }', 'identify: 2'),
    /^5 identify: it wants 2.*Mark the items/,
  ],
  [
    'a bad expression',
    formOf('  - { id: a, ask: A?, type: integer, calculate: "1 +" }'),
    /^7 items\[0\]\.calculate: FHIRPath/,
  ],
  [
    'a bad bound',
    formOf("  - { id: a, ask: A?, type: integer, validate: { min: { expression: '%no' } } }"),
    /items\[0\]\.validate\.min: FHIRPath: nothing declares %no/,
  ],
  [
    'a bad check',
    formOf('  - { id: a, ask: A?, checks: [{ must: "(", say: No }] }'),
    /items\[0\]\.checks\[0\]: FHIRPath/,
  ],
  ['a bad variable', formOf('  - { id: a, ask: A? }', 'variables: { x: "%y" }'), /^5 variables\.x: FHIRPath/],
  [
    'a prefix without a module',
    formOf('  - { id: a, ask: A?, prefix: b }'),
    /items\[0\]\.prefix: there is no module/,
  ],
  [
    'a module that is not at hand',
    formOf('  - { id: a, module: "http://a.example/m" }'),
    /^7 items\[0\]: the module/,
  ],
  [
    'who is calling, by a text',
    formOf('  - { id: a, ask: A?, caller: proxy }'),
    /items\[0\]\.caller: only a boolean/,
  ],
  [
    'two least values',
    formOf('  - { id: a, ask: A?, type: date, validate: { future: true, min: today } }'),
    /has `future`/,
  ],
  [
    'an option with both',
    formOf('  - { id: a, ask: A?, options: [{ say: x, value: 1 }] }'),
    /options\[0\]: needs `say`, or `value`/,
  ],
];

describe('faults of the short form name line, key and remedy', () => {
  for (const [name, text, fault] of rows) {
    test(name, () => {
      const { faults } = loadQuestionnaire(text, 'test.yaml');
      const told = faults.map(
        ({ line, path, message, remedy = '' }) => `${line} ${path}: ${message} ${remedy}`,
      );
      assert.ok(
        told.some((one) => fault.test(one)),
        JSON.stringify(told),
      );
    });
  }

  test('after a module, lines are still those of the file', () => {
    const module = {
      resourceType: 'Questionnaire',
      url: 'http://a.example/m',
      item: [
        { linkId: 'x', text: 'X?', type: 'text' },
        { linkId: 'y', text: 'Y?', type: 'text' },
      ],
    };
    const text = formOf(
      '  - { id: m, module: "http://a.example/m" }\n  - { id: b, ask: B?, type: integer, calculate: "%z" }',
    );
    const { faults } = loadQuestionnaire(text, 'test.yaml', { resources: [module] });
    assert.deepEqual(
      faults.map(({ line, path }) => [line, path]),
      [[8, 'items[1].calculate']],
    );
  });
});
