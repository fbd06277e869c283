import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Extension } from 'fhir/r4.d.ts';
import { canonicalJson } from '@vestibule/core';
import { type Draw, pick, seeded } from '../testing/draw.ts';
import { fhirPath, hl7, questionnaireOf, questionOf, sdc, valueOf } from '../testing/features/feature.ts';
import { definitionOf, example, shortForm, today } from '../testing/intake.ts';
import { assertSound } from '../testing/sound.ts';
import type { Definition, Input } from '../types.ts';
import { advance, startIntake } from './advance.ts';
import { catalogueOf } from './catalogue.ts';
import { currentStep } from './steps.ts';

const phrases = [
  'yes',
  'no',
  'a dog',
  'cat',
  'the second one',
  'forty two',
  'march third nineteen eighty five',
  'no the fourth',
  'john smith',
  'five five five oh one zero oh one two three',
  'morning',
  'not at all',
  'nearly every day',
  'two weeks',
  'my chest hurts',
  'no chest pain',
  "i don't know",
  "i'd rather not say",
  'what',
  '',
  'um',
  "that's all",
  '\u0000 <b>"\'',
  'three thirty pm',
  '9999999999999999999999',
];

function randomInput(draw: Draw, links: readonly string[], current: string | undefined): Input {
  const random = () => draw.below(1000) / 1000;
  const linkId = random() < 0.6 && current !== undefined ? current : pick(draw, [...links, 'no-such-item']);
  const words = pick(draw, phrases);
  const roll = random();
  if (roll < 0.55)
    return { kind: 'answer', linkId, value: pick(draw, [words, words, words, true, false, 7, -1.5]), words };
  if (roll < 0.75) return { kind: 'confirm', yes: random() < 0.5, words };
  if (roll < 0.82) return { kind: 'decline', linkId };
  if (roll < 0.89) return { kind: 'unknown', linkId };
  return roll < 0.95 ? { kind: 'unclear' } : { kind: 'heard', words };
}

const definitions: Record<string, Definition> = {
  'new-patient': example('new-patient.yaml'),
  'phq-2': example('phq-2.json'),
  nested: definitionOf(
    shortForm(`
  - { id: pets, ask: Pets?, type: boolean, required: true }
  - id: pet
    text: About the pet
    when: { item: pets, is: yes }
    items:
      - { id: kind, ask: Which?, options: [dog, cat], required: true, repeats: true }
      - id: age
        ask: How old?
        type: integer
        validate: { min: 0, max: 40 }
        required: true
        items: [{ id: birthday, ask: Born?, type: date, when: { item: age, atLeast: 1 } }]
      - { id: barks, ask: Does it bark?, type: boolean, when: { item: kind, is: dog } }
  - { id: since, ask: Since when?, type: quantity, when: { any: [{ item: barks, is: no }, { item: kind, is: cat }] } }
  - { id: at, ask: When?, type: time, initial: '09:00:00' }
  - { id: note, text: That is nearly all., type: display }
  - { id: anything, ask: Anything else?, type: text, when: { item: since, answered: false } }
`),
  ),
  'groups that repeat, and expressions': definitionOf(
    questionnaireOf([
      questionOf('drugs', 'group', {
        repeats: true,
        item: [
          questionOf('drug', 'string', { required: true }),
          questionOf('daily', 'boolean'),
          questionOf('times', 'group', {
            repeats: true,
            extension: [{ url: `${hl7}questionnaire-maxOccurs`, valueInteger: 3 }],
            item: [questionOf('hour', 'integer', { enableWhen: [whenYes('daily')] })],
          }),
          questionOf('hours', 'integer', {
            readOnly: true,
            extension: [
              fhirPath(`${sdc}calculatedExpression`, "%context.count() + item.where(linkId='hour').count()"),
            ],
          }),
        ],
      }),
      questionOf('count', 'integer', {
        readOnly: true,
        extension: [fhirPath(`${sdc}calculatedExpression`, `${valueOf('drug')}.count()`)],
      }),
      questionOf('many', 'boolean', {
        required: true,
        extension: [fhirPath(`${sdc}enableWhenExpression`, `${valueOf('count')} > 1`)],
      }),
      questionOf('limit', 'integer', {
        required: true,
        extension: [constraint('answer.value < 50')],
      }),
    ]),
    'expressions.json',
  ),
};

function whenYes(question: string) {
  return { question, operator: '=' as const, answerBoolean: true };
}

function constraint(expression: string): Extension {
  return {
    url: `${hl7}questionnaire-constraint`,
    extension: [
      { url: 'severity', valueCode: 'error' },
      { url: 'human', valueString: 'That is too much.' },
      { url: 'expression', valueString: expression },
    ],
  };
}

describe('whatever callers and models say', () => {
  for (const [name, definition] of Object.entries(definitions)) {
    test(`${name}: no required item is passed over, responses are valid, replays agree`, () => {
      const links = catalogueOf(definition).ordered.flatMap(({ item }) => [item.linkId, `${item.linkId}#2`]);
      for (let seed = 1; seed <= 24; seed++) {
        const draw = seeded(seed);
        let { state, step } = startIntake(definition);
        for (let turn = 0; turn < 30; turn++) {
          const input = randomInput(draw, links, 'linkId' in step ? step.linkId : undefined);
          const before = canonicalJson(state);
          const once = advance(definition, state, input, { today });
          const again = advance(definition, JSON.parse(before) as typeof state, input, { today });
          const run = `${name}, seed ${seed}, turn ${turn}, ${JSON.stringify(input)}`;
          assert.equal(canonicalJson(state), before, `${run}: the state given was changed`);
          assert.equal(canonicalJson(once), canonicalJson(again), `${run}: not the same twice`);
          assert.deepEqual(once.step, currentStep(definition, once.state), run);
          ({ state, step } = once);
          assertSound(definition, state, run);
        }
      }
    });

    test(`${name}: every call ends, when nothing usable is ever said`, () => {
      let { state, step } = startIntake(definition);
      const most = catalogueOf(definition).ordered.length * definition.attempts + 1;
      for (let turn = 0; turn < most && step.kind !== 'complete' && step.kind !== 'handOver'; turn++) {
        ({ state, step } = advance(definition, state, { kind: 'unclear' }, { today }));
      }
      assert.ok(step.kind === 'complete' || step.kind === 'handOver');
    });
  }
});
