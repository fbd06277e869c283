import assert from 'node:assert/strict';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { answersOf, ask, at, type Feature, fhirPath, hl7, responseOf, sdc, valueOf } from './feature.ts';

const text = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  text: `${linkId}?`,
  type: 'text',
  ...more,
});
const occurs = (url: 'minOccurs' | 'maxOccurs', valueInteger: number) => ({
  url: `${hl7}questionnaire-${url}`,
  valueInteger,
});
const drugs = (more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: 'drugs',
  text: 'Medications',
  type: 'group',
  repeats: true,
  item: [text('name'), { linkId: 'daily', text: 'Every day?', type: 'boolean' }],
  ...more,
});

/** A group that is answered twice: aspirin daily, iron not. */
function twice(item: QuestionnaireItem) {
  const call = ask([item, text('end')]);
  for (const words of ['aspirin', 'yes', 'yes', 'iron', 'no', 'no']) call.say(words);
  at(call, 'ask end');
  return call;
}

/** Whatever may be answered more than once. */
export const repeatFeatures: Feature[] = [
  {
    name: 'repeats, of a group: asked again, nested in the response',
    of: 'R4',
    holds: () => {
      const call = ask([drugs()]);
      call.say('aspirin');
      call.say('yes');
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Is there another medication?');
      call.say('yes');
      at(call, 'ask name#2');
      call.say('iron');
      call.say('no');
      call.say('no');
      at(call, 'complete');
      assert.deepEqual(answersOf(call), ['name=aspirin', 'daily=true', 'name=iron', 'daily=false']);
      assert.deepEqual(
        responseOf(call).item?.map(({ linkId }) => linkId),
        ['drugs', 'drugs'],
      );
    },
  },
  {
    name: 'repeats, of a group: a correction addresses one occurrence',
    of: 'R4',
    holds: () => {
      const call = twice(drugs());
      call.answer('name#2', 'zinc');
      call.answer('name#1', 'heparin');
      assert.deepEqual(answersOf(call), ['name=heparin', 'daily=true', 'name=zinc', 'daily=false']);
      call.answer('name', 'codeine');
      assert.ok(call.happened.includes('invalid:name'));
      at(call, 'ask end');
      call.answer('drugs', 'yes');
      at(call, 'ask name#3');
      call.answer('name', 'biotin');
      assert.match(answersOf(call).join(), /name=biotin/);
      call.answer('drugs#2?', 'no');
      assert.deepEqual(answersOf(call), ['name=heparin', 'daily=true']);
    },
  },
  {
    name: 'repeats, of a group: conditions stay within an occurrence',
    of: 'R4',
    holds: () => {
      const when = [{ question: 'daily', operator: '=' as const, answerBoolean: true }];
      const [name, daily] = drugs().item!;
      const call = ask([
        drugs({ item: [name!, daily!, text('dose', { enableWhen: when })] }),
        text('any', { enableWhen: when }),
      ]);
      for (const words of ['aspirin', 'no', 'yes', 'iron', 'yes']) call.say(words);
      at(call, 'ask dose#2');
      call.say('one');
      call.say('no');
      at(call, 'ask any');
    },
  },
  {
    name: 'repeats, of a group within a repeating group',
    of: 'R4',
    holds: () => {
      const inner = drugs({ linkId: 'times', text: 'Times', item: [text('hour')] });
      const call = ask([drugs({ item: [text('name'), inner] })]);
      for (const words of [
        'aspirin',
        'eight',
        'yes',
        'nine',
        'no',
        'yes',
        'iron',
        'ten',
        'yes',
        'eleven',
        'no',
        'no',
      ])
        call.say(words);
      at(call, 'complete');
      assert.deepEqual(answersOf(call), [
        'name=aspirin',
        'hour=eight',
        'hour=nine',
        'name=iron',
        'hour=ten',
        'hour=eleven',
      ]);
    },
  },
  {
    name: 'repeats, of a group, with expressions (%context is the occurrence)',
    of: 'SDC',
    holds: () => {
      const shout: QuestionnaireItem = {
        ...text('shout', { type: 'string', readOnly: true }),
        extension: [fhirPath(`${sdc}calculatedExpression`, '%name.upper()')],
      };
      const count: QuestionnaireItem = {
        ...text('count', { type: 'integer', readOnly: true }),
        extension: [fhirPath(`${sdc}calculatedExpression`, `${valueOf('name')}.count()`)],
      };
      const name = {
        url: `${hl7}variable`,
        valueExpression: {
          name: 'name',
          language: 'text/fhirpath' as const,
          expression: "item.where(linkId='name').answer.value",
        },
      };
      const call = ask([drugs({ item: [text('name'), shout], extension: [name] }), count]);
      for (const words of ['aspirin', 'yes', 'iron', 'no']) call.say(words);
      assert.deepEqual(answersOf(call), [
        'name=aspirin',
        'shout=ASPIRIN',
        'name=iron',
        'shout=IRON',
        'count=2',
      ]);
    },
  },
  {
    name: 'minOccurs and maxOccurs of a group',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([
        drugs({ item: [text('name')], extension: [occurs('minOccurs', 2), occurs('maxOccurs', 3)] }),
      ]);
      call.say('aspirin');
      at(call, 'ask name#2');
      call.say('iron');
      at(call, 'ask drugs#3?');
      call.say('yes');
      call.say('zinc');
      at(call, 'complete');
    },
  },
  {
    name: 'repeats, of a question: until there is nothing else',
    of: 'R4',
    holds: () => {
      const call = ask([text('drug', { repeats: true })]);
      call.say('aspirin');
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Anything else?');
      call.say('iron');
      call.say("that's all");
      call.answer('drug#1', 'heparin');
      assert.deepEqual(answersOf(call), ['drug=heparin', 'drug=iron']);
    },
  },
  {
    name: 'minOccurs and maxOccurs of a question',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([
        text('drug', {
          repeats: true,
          required: true,
          extension: [occurs('minOccurs', 2), occurs('maxOccurs', 3)],
        }),
      ]);
      call.say('aspirin');
      call.say('no');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'I need at least 2.');
      call.say('iron');
      call.say('zinc');
      at(call, 'complete');
      call.answer('drug', 'gold');
      assert.deepEqual(answersOf(call), ['drug=aspirin', 'drug=iron', 'drug=zinc']);
    },
  },
  {
    name: 'optionExclusive',
    of: 'HL7 extension',
    holds: () => {
      const options = ['milk', 'eggs', 'fasting'].map((code) => ({
        valueCoding: { code, display: code },
        ...(code === 'fasting'
          ? { extension: [{ url: `${hl7}questionnaire-optionExclusive`, valueBoolean: true }] }
          : {}),
      }));
      const item = text('avoids', { type: 'choice', repeats: true, answerOption: options });
      const call = ask([item]);
      call.say('fasting');
      at(call, 'complete');
      const other = ask([item]);
      other.say('milk and fasting');
      at(other, 'ask avoids');
      other.say('milk');
      other.say('fasting');
      assert.deepEqual(answersOf(other), ['avoids=fasting']);
    },
  },
];
