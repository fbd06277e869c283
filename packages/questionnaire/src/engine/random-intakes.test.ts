import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalJson } from '@vestibule/core';
import fc from 'fast-check';
import { loadQuestionnaire } from '../definition/load.ts';
import { compileShortForm } from '../definition/short-form/compile.ts';
import { shortForm } from '../definition/short-form/schema.ts';
import { type Draw, once, pick, seeded } from '../testing/draw.ts';
import { today } from '../testing/intake.ts';
import { assertSound } from '../testing/sound.ts';
import { randomForm, randomModule, randomValueSet } from '../testing/random-form.ts';
import type { Definition, Input } from '../types.ts';
import { advance, startIntake } from './advance.ts';
import { catalogueOf } from './catalogue.ts';
import { identified } from './identity.ts';

const said = [
  'yes',
  'no',
  'john smith',
  'jane doe',
  'march third nineteen eighty five',
  'option 1',
  'forty two',
  'ten kilograms',
  'nine thirty in the morning',
  'five five five oh one zero oh one two three',
  "that's all",
  "i don't know",
  'my chest really hurts',
  'ten',
  'red',
  '',
];

const patient = {
  resourceType: 'Patient',
  name: [{ given: ['Jane'], family: 'Doe' }],
  birthDate: '1985-03-03',
  telecom: [{ system: 'phone', value: '+1 555-010-0123' }],
};

function randomInput(draw: Draw, links: readonly string[], current: string | undefined): Input {
  const linkId = current !== undefined && !once(draw, 3) ? current : pick(draw, links);
  const words = pick(draw, said);
  switch (draw.below(12)) {
    case 0:
    case 1:
    case 2:
      return { kind: 'confirm', yes: !once(draw, 4), words };
    case 3:
      return once(draw, 2) ? { kind: 'decline', linkId } : { kind: 'unknown', linkId };
    case 4:
      return { kind: 'caller', caller: pick(draw, ['patient', 'proxy'] as const) };
    case 5:
      return { kind: 'context', context: { patient } };
    case 6:
      return once(draw, 2) ? { kind: 'unclear' } : { kind: 'heard', words, partial: once(draw, 2) };
    case 7:
      return { kind: 'answer', linkId, value: words, words, evidence: { lane: 'fast', partial: true } };
    default:
      return { kind: 'answer', linkId, value: pick(draw, [words, words, true, 7]), words };
  }
}

/** What was looked up has no place in anything said before the caller is known. */
function assertNotDisclosed(
  definition: Definition,
  { state, step }: ReturnType<typeof advance>,
  run: string,
): void {
  if (definition.identify === undefined) return;
  const { ok } = identified(definition, state, patient);
  if (ok) return;
  assert.equal(state.context, undefined, `${run}: the context is there before the caller is identified`);
  assert.deepEqual(state.lookedUp ?? [], [], `${run}: a looked-up value stands`);
  assert.ok(!JSON.stringify(step).includes(patient.telecom[0]!.value), run);
}

function randomDefinition(seed: number): Definition {
  const { questionnaire } = compileShortForm(shortForm.parse(randomForm(seeded(seed))));
  const resources = [randomModule, randomValueSet];
  const { definition, faults } = loadQuestionnaire(JSON.stringify(questionnaire), 'random.json', {
    resources,
  });
  assert.deepEqual(faults, []);
  return definition!;
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

describe('random questionnaires with all there is, and random callers', () => {
  test('no required item is passed over, responses are valid, replays agree, nothing looked up is told too early', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const definition = randomDefinition(seed);
        const draw = seeded(seed + 1);
        const links = catalogueOf(definition).ordered.map(({ item }) => item.linkId);
        let { state, step } = startIntake(definition, { today });
        for (let turn = 0; turn < 25; turn++) {
          const input = randomInput(draw, links, 'linkId' in step ? step.linkId : undefined);
          const run = `seed ${seed}, turn ${turn}, ${JSON.stringify(input)}`;
          const before = canonicalJson(state);
          const once = advance(definition, state, input, { today });
          assert.equal(canonicalJson(state), before, `${run}: the state given was changed`);
          const again = advance(definition, JSON.parse(before) as typeof state, input, { today });
          assert.equal(canonicalJson(once), canonicalJson(again), `${run}: not the same twice`);
          assertSound(definition, once.state, run);
          assertNotDisclosed(definition, once, run);
          ({ state, step } = once);
        }
      }),
      { numRuns: 80, endOnFailure: true },
    );
  });

  test('every call ends, for a patient and for a proxy, when nothing usable is ever said', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('patient' as const, 'proxy' as const), (seed, caller) => {
        const definition = randomDefinition(seed);
        let { state, step } = startIntake(definition, { today, caller });
        const most = catalogueOf(definition).ordered.length * definition.attempts + 1;
        for (let turn = 0; turn < most && step.kind !== 'complete' && step.kind !== 'handOver'; turn++)
          ({ state, step } = advance(definition, state, { kind: 'unclear' }, { today }));
        assert.ok(step.kind === 'complete' || step.kind === 'handOver');
      }),
      { numRuns: 80, endOnFailure: true },
    );
  });
});
