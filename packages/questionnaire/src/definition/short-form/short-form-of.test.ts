import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Questionnaire } from 'fhir/r4.d.ts';
import fc from 'fast-check';
import { parse } from 'yaml';
import { seeded } from '../../testing/draw.ts';
import { randomForm, randomModule, randomValueSet } from '../../testing/random-form.ts';
import type { Definition } from '../../types.ts';
import { loadQuestionnaire } from '../load.ts';
import { compileShortForm } from './compile.ts';
import { shortForm } from './schema.ts';
import { shortFormOf } from './short-form-of.ts';

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const compile = (form: unknown) => compileShortForm(shortForm.parse(form));

describe('the short form, there and back', () => {
  test('on random short forms, what it compiles to comes back as a short form that compiles to the same', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { questionnaire, faults } = compile(randomForm(seeded(seed)));
        assert.deepEqual(faults, []);
        const { text, uncovered } = shortFormOf(questionnaire);
        assert.deepEqual(uncovered, []);
        assert.deepEqual(compile(parse(text)).questionnaire, questionnaire);
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  test('random short forms load without a fault', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { text } = shortFormOf(compile(randomForm(seeded(seed))).questionnaire);
        const { faults } = loadQuestionnaire(text, 'random.yaml', {
          resources: [randomModule, randomValueSet],
        });
        assert.deepEqual(faults, []);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  const folder = new URL('../../../../../examples/questionnaires/', import.meta.url);
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.yaml'))) {
    test(`${name} comes back as it is`, () => {
      const { questionnaire } = loadQuestionnaire(readFileSync(new URL(name, folder), 'utf8'), name);
      const { text, uncovered } = shortFormOf(questionnaire!);
      assert.deepEqual(uncovered, []);
      assert.deepEqual(compile(parse(text)).questionnaire, questionnaire);
    });
  }

  for (const name of ['phq-2.json', 'phq-9.json', 'gad-7.json']) {
    test(`${name} becomes a short form that asks the same`, () => {
      const given = readFileSync(new URL(name, folder), 'utf8');
      const { text, uncovered } = shortFormOf(JSON.parse(given) as Questionnaire);
      assert.deepEqual(uncovered, []);
      const { definition, faults } = loadQuestionnaire(text, 'short.yaml');
      assert.deepEqual(faults, []);
      assert.deepEqual(asked(definition), asked(loadQuestionnaire(given, name).definition));
    });
  }

  test('what it has no word for is listed, with its place', () => {
    const { uncovered } = shortFormOf({
      resourceType: 'Questionnaire',
      status: 'draft',
      subjectType: ['Patient'],
      id: 'a',
      url: 'https://a.example',
      version: '1',
      title: 'A',
      item: [
        { linkId: 'a b', text: 'A?', type: 'boolean' },
        {
          linkId: 'c',
          text: 'C?',
          type: 'string',
          definition: 'https://d.example',
          extension: [{ url: 'https://e.example' }],
        },
      ],
    });
    assert.deepEqual(
      uncovered.map(({ path }) => path),
      ['item[0].id'],
    );
    const { uncovered: later } = shortFormOf({
      resourceType: 'Questionnaire',
      status: 'draft',
      id: 'a',
      url: 'https://a.example',
      version: '1',
      title: 'A',
      item: [
        {
          linkId: 'c',
          text: 'C?',
          type: 'string',
          definition: 'https://d.example',
          extension: [{ url: 'https://e.example' }],
        },
      ],
    });
    assert.deepEqual(later.map(({ path }) => path).sort(), [
      'item[0].definition',
      'item[0].extension[0]',
      'status',
      'subjectType',
    ]);
  });
});

/** Without the questionnaire that expressions see, in which a score may stand elsewhere. */
function asked(definition: Definition | undefined): object {
  const { logic: _logic, ...rest } = definition!;
  return rest;
}
