import assert from 'node:assert/strict';
import type { Extension, QuestionnaireItem } from 'fhir/r4.d.ts';
import { loadQuestionnaire } from '../../definition/load.ts';
import { answersOf, ask, type Feature, hl7, questionnaireOf, questionOf, sdc } from './feature.ts';

/** What published questionnaires have beside R4's own, and what people write by mistake. */
export const publishedFeatures: readonly Feature[] = [
  {
    name: 'minLength',
    of: 'HL7 extension',
    holds: () => {
      const extension = [{ url: `${hl7}minLength`, valueInteger: 8 }];
      const call = ask([questionOf('a', 'text', { extension })]);
      call.say('red');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'That is shorter than it has to be.');
      call.say('red and blue');
      assert.deepEqual(answersOf(call), ['a=red and blue']);
    },
  },
  {
    name: 'minQuantity and maxQuantity',
    of: 'SDC',
    holds: () => {
      const bound = (name: string, value: number): Extension => ({
        url: `${sdc}${name}`,
        valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      });
      const extension = [bound('minQuantity', 30), bound('maxQuantity', 300)];
      const call = ask([questionOf('a', 'quantity', { extension })]);
      call.say('ten kilograms');
      assert.match(String(call.step.kind === 'ask' && call.step.problem), /30 kg or more/);
      call.say('four hundred kilograms');
      assert.match(String(call.step.kind === 'ask' && call.step.problem), /300 kg or less/);
    },
  },
  {
    name: 'type coding (R5): taken for choice or open-choice, with a warning',
    of: 'R4',
    holds: () => {
      const answerOption = [{ valueCoding: { code: 'r', display: 'red' } }];
      const coding = (linkId: string, more: object) =>
        ({
          linkId,
          text: `${linkId}?`,
          type: 'coding',
          answerOption,
          ...more,
        }) as unknown as QuestionnaireItem;
      const items = [coding('a', {}), coding('b', { answerConstraint: 'optionsOrString' })];
      const call = ask(items);
      call.say('red');
      call.say('something quite different');
      assert.deepEqual(answersOf(call), ['a=r', 'b=something quite different']);
      const told = loadQuestionnaire(questionnaireOf(items), 't.json').warnings;
      assert.match(JSON.stringify(told), /R5's, here and in 2 items/);
    },
  },
  {
    name: 'a display without a linkId: said, with a warning',
    of: 'R4',
    holds: () => {
      const display = { type: 'display', text: 'Now about you' } as unknown as QuestionnaireItem;
      const call = ask([display, questionOf('a', 'boolean')]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Now about you. a?');
    },
  },
  {
    name: 'STU3: one fault that says so',
    of: 'R4',
    holds: () => {
      const old = { ...questionOf('a', 'choice'), option: [{ valueString: 'x' }] } as QuestionnaireItem;
      const { faults } = loadQuestionnaire(questionnaireOf([old, old]), 't.json');
      assert.deepEqual(
        faults.map(({ path, message }) => `${path} ${message}`),
        ['item[0].option this is FHIR STU3: R4 has no "option"'],
      );
    },
  },
  {
    name: 'what R4 does not have at its place is listed',
    of: 'R4',
    holds: () => {
      const slip = { ...questionOf('a', 'boolean'), requierd: true } as QuestionnaireItem;
      const [told] = loadQuestionnaire(questionnaireOf([slip]), 't.json').warnings;
      assert.equal(told?.path, 'item[0].requierd');
      assert.equal(told.remedy, 'Write required');
    },
  },
  {
    name: 'extensions of texts, answers and conditions that are not followed are listed',
    of: 'HL7 extension',
    holds: () => {
      const extension = [{ url: `${hl7}cqf-expression`, valueExpression: { language: 'text/fhirpath' } }];
      const item = { ...questionOf('a', 'boolean'), _text: { extension } } as unknown as QuestionnaireItem;
      const [told] = loadQuestionnaire(questionnaireOf([item]), 't.json').warnings;
      assert.equal(told?.path, 'item[0]._text.extension[0]');
      assert.match(told.message, /cqf-expression is not followed/);
    },
  },
];
