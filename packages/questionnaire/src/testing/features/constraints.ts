import assert from 'node:assert/strict';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { ask, at, type Feature, fhirPath, hl7, questionOf, valueOf } from './feature.ts';

const yesNo = (linkId: string) => questionOf(linkId, 'boolean');
const number = (linkId: string, more: Partial<QuestionnaireItem> = {}) => questionOf(linkId, 'integer', more);
const constraint = (severity: string, expression: string) => ({
  url: `${hl7}questionnaire-constraint`,
  extension: [
    { url: 'key', valueId: 'c-1' },
    { url: 'severity', valueCode: severity as 'error' },
    { url: 'human', valueString: 'That cannot be.' },
    { url: 'expression', valueString: expression },
  ],
});
/** What answers must satisfy, in FHIRPath. */
export const constraintFeatures: Feature[] = [
  {
    name: 'constraint (error: asked again)',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([number('a', { extension: [constraint('error', 'answer.value < 10')] }), number('b')]);
      call.say('twelve');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'That cannot be.');
      at(call, 'ask a');
      call.say('nine');
      at(call, 'ask b');
    },
  },
  {
    name: 'constraint over several items of a group',
    of: 'HL7 extension',
    holds: () => {
      const bigger = "item.where(linkId='a').answer.value < item.where(linkId='b').answer.value";
      const group: QuestionnaireItem = {
        linkId: 'g',
        type: 'group',
        item: [number('a'), number('b')],
        extension: [constraint('error', bigger)],
      };
      const call = ask([group]);
      call.say('five');
      call.say('four');
      at(call, 'ask b');
      call.say('six');
      at(call, 'complete');
    },
  },
  {
    name: 'constraint on an item still to be asked: waits for it',
    of: 'SDC',
    holds: () => {
      const needed = `${valueOf('a')} = true implies ${valueOf('b')} > 4`;
      const call = ask([yesNo('a'), number('b')], {
        more: {
          extension: [constraint('error', needed.replace('> 4', '> 4 and %resource.item.count() > 1'))],
        },
      });
      call.say('yes');
      at(call, 'ask b');
      call.say('three');
      at(call, 'ask b');
      call.say('five');
      at(call, 'complete');
    },
  },
  {
    name: 'constraint (warning: noted)',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([
        number('a', { extension: [constraint('warning', 'answer.value < 10')] }),
        number('b'),
      ]);
      call.say('twelve');
      assert.deepEqual(call.happened, ['answered:a', 'noted:a']);
      at(call, 'ask b');
    },
  },
  {
    name: 'targetConstraint',
    of: 'SDC',
    holds: () => {
      const rule = {
        url: `${hl7}targetConstraint`,
        extension: [
          { url: 'key', valueId: 't-1' },
          { url: 'severity', valueCode: 'error' as const },
          { url: 'human', valueString: 'Both cannot be yes.' },
          fhirPath('expression', `(${valueOf('a')} and ${valueOf('b')}).not()`),
        ],
      };
      const call = ask([yesNo('a'), yesNo('b')], { more: { extension: [rule] } });
      call.say('yes');
      call.say('yes');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'Both cannot be yes.');
      call.say('no');
      at(call, 'complete');
    },
  },
];
