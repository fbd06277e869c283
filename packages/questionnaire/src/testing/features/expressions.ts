import assert from 'node:assert/strict';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import {
  answersOf,
  ask,
  at,
  faultsOf,
  type Feature,
  fhirPath,
  hl7,
  sdc,
  valueOf,
  variable,
} from './feature.ts';

const yesNo = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  text: `${linkId.toUpperCase()}?`,
  type: 'boolean',
  ...more,
});
const number = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  ...yesNo(linkId),
  type: 'integer',
  ...more,
});
const score: QuestionnaireItem = {
  linkId: 'sum',
  text: 'Sum',
  type: 'integer',
  readOnly: true,
  extension: [fhirPath(`${sdc}calculatedExpression`, `${valueOf('a')} + ${valueOf('b')}`)],
};
const patient = { resourceType: 'Patient', birthDate: '1985-03-03', name: [{ family: 'Smith' }] };

/** Everything that is written in FHIRPath. */
export const expressionFeatures: Feature[] = [
  {
    name: 'enableWhenExpression',
    of: 'SDC',
    holds: () => {
      const items = [
        yesNo('a'),
        yesNo('b', { extension: [fhirPath(`${sdc}enableWhenExpression`, `${valueOf('a')} = true`)] }),
        yesNo('c'),
      ];
      const call = ask(items);
      call.say('no');
      at(call, 'ask c');
      call.answer('a', 'yes');
      at(call, 'ask b');
    },
  },
  {
    name: 'calculatedExpression',
    of: 'SDC',
    holds: () => {
      const call = ask([number('a'), number('b'), score]);
      call.say('two');
      assert.deepEqual(answersOf(call), ['a=2']);
      call.say('three');
      at(call, 'complete');
      assert.deepEqual(answersOf(call), ['a=2', 'b=3', 'sum=5']);
      call.answer('a', '4');
      assert.deepEqual(answersOf(call), ['a=4', 'b=3', 'sum=7']);
    },
  },
  {
    name: 'calculatedExpression that another condition hangs on',
    of: 'SDC',
    holds: () => {
      const more = yesNo('more', { enableWhen: [{ question: 'sum', operator: '>', answerInteger: 4 }] });
      const call = ask([number('a'), number('b'), score, more]);
      call.say('two');
      call.say('three');
      at(call, 'ask more');
      call.answer('b', 'one');
      at(call, 'complete');
    },
  },
  {
    name: 'initialExpression and launchContext',
    of: 'SDC',
    holds: () => {
      const launch = {
        url: `${sdc}launchContext`,
        extension: [
          { url: 'name', valueCoding: { code: 'patient' } },
          { url: 'type', valueCode: 'Patient' as never },
        ],
      };
      const born: QuestionnaireItem = {
        linkId: 'born',
        text: 'Born?',
        type: 'date',
        extension: [fhirPath(`${sdc}initialExpression`, '%patient.birthDate')],
      };
      const call = ask([born], { more: { extension: [launch] }, start: { context: { patient } } });
      at(call, 'readBack born');
      call.say('yes');
      assert.deepEqual(answersOf(call), ['born=1985-03-03']);
      const later = ask([born], { more: { extension: [launch] } });
      at(later, 'ask born');
      later.put({ kind: 'context', context: { patient } });
      at(later, 'readBack born');
    },
  },
  {
    name: 'answerExpression',
    of: 'SDC',
    holds: () => {
      const options = ['Ann', 'Bob'].map((valueString) => ({ valueString }));
      const who: QuestionnaireItem = {
        linkId: 'who',
        text: 'Who?',
        type: 'choice',
        repeats: true,
        answerOption: options,
      };
      const first: QuestionnaireItem = {
        linkId: 'first',
        text: 'Who first?',
        type: 'choice',
        extension: [fhirPath(`${sdc}answerExpression`, valueOf('who'))],
      };
      const call = ask([who, first]);
      call.say('ann and bob');
      call.say('no');
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Who first? You can say Ann or Bob.');
      call.say('bob');
      assert.deepEqual(answersOf(call), ['who=Ann', 'who=Bob', 'first=Bob']);
    },
  },
  {
    name: 'answerOptionsToggleExpression',
    of: 'SDC',
    holds: () => {
      const toggle = {
        url: `${sdc}answerOptionsToggleExpression`,
        extension: [
          { url: 'option', valueCoding: { code: 'wine' } },
          fhirPath('expression', `${valueOf('adult')} = true`),
        ],
      };
      const drink: QuestionnaireItem = {
        linkId: 'drink',
        text: 'What to drink?',
        type: 'choice',
        answerOption: ['water', 'juice', 'wine'].map((code) => ({ valueCoding: { code, display: code } })),
        extension: [toggle],
      };
      const call = ask([yesNo('adult'), drink]);
      call.say('no');
      assert.equal(
        call.step.kind === 'ask' && call.step.prompt,
        'What to drink? You can say water or juice.',
      );
      call.say('wine');
      at(call, 'ask drink');
      call.answer('adult', 'yes');
      call.say('wine');
      at(call, 'complete');
    },
  },
  {
    name: 'minValue and maxValue by expression (cqf-calculatedValue, cqf-expression)',
    of: 'HL7 extension',
    holds: () => {
      const low = {
        url: `${hl7}minValue`,
        _valueInteger: { extension: [fhirPath(`${hl7}cqf-calculatedValue`, valueOf('a'))] },
      };
      const high = {
        url: `${hl7}maxValue`,
        _valueInteger: { extension: [fhirPath(`${hl7}cqf-expression`, `${valueOf('a')} * 2`)] },
      };
      const call = ask([number('a'), number('b', { extension: [low, high] })]);
      call.say('five');
      call.say('four');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'It has to be 5 or more.');
      call.say('eleven');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'It has to be 10 or less.');
      call.say('ten');
      at(call, 'complete');
    },
  },
  {
    name: 'variable, in scope order',
    of: 'SDC',
    holds: () => {
      const sum: QuestionnaireItem = {
        linkId: 'sum',
        text: 'Sum',
        type: 'integer',
        readOnly: true,
        extension: [variable('x', '%x + 100'), fhirPath(`${sdc}calculatedExpression`, '%x + %y')],
      };
      const group: QuestionnaireItem = {
        linkId: 'g',
        type: 'group',
        extension: [variable('x', `${valueOf('a')}`), variable('y', '%x * 10')],
        item: [number('a'), sum],
      };
      const call = ask([group], { more: { extension: [variable('x', '1')] } });
      call.say('three');
      assert.deepEqual(answersOf(call), ['a=3', 'sum=133']);
    },
  },
  {
    name: '%resource, %context, %questionnaire, %qitem',
    of: 'SDC',
    holds: () => {
      const told =
        "%qitem.linkId & ' ' & %questionnaire.title & ' ' & %context.linkId & ' ' & %resource.item.count().toString()";
      const tell: QuestionnaireItem = {
        linkId: 'tell',
        text: 'Tell',
        type: 'string',
        readOnly: true,
        extension: [fhirPath(`${sdc}calculatedExpression`, `iif(${valueOf('a')}.exists(), ${told})`)],
      };
      const call = ask([yesNo('a'), tell], { more: { title: 'T' } });
      call.say('yes');
      assert.match(answersOf(call).join(), /tell=tell T tell [12]$/);
    },
  },
  {
    name: 'scores: ordinalValue and itemWeight with ordinal() and weight()',
    of: 'HL7 extension',
    holds: () => {
      const option = (code: string, url: string, valueDecimal: number) => ({
        valueCoding: { system: 's', code, display: code },
        extension: [{ url: `${hl7}${url}`, valueDecimal }],
      });
      const items: QuestionnaireItem[] = ['a', 'b'].map((linkId) => ({
        linkId,
        text: `${linkId}?`,
        type: 'choice',
        answerOption: [
          option('never', 'ordinalValue', 0),
          option('often', linkId === 'a' ? 'ordinalValue' : 'itemWeight', 3),
        ],
      }));
      const sums = ['ordinal()', 'weight()'].map((name): QuestionnaireItem => ({
        linkId: name,
        text: name,
        type: 'decimal',
        readOnly: true,
        extension: [fhirPath(`${sdc}calculatedExpression`, `%resource.item.answer.value.${name}.sum()`)],
      }));
      const call = ask([...items, ...sums]);
      call.say('often');
      call.say('often');
      assert.deepEqual(answersOf(call).slice(2), ['ordinal()=6', 'weight()=6']);
    },
  },
  {
    name: 'an expression that fails changes nothing and is told',
    of: 'SDC',
    holds: () => {
      const items = [
        yesNo('a'),
        yesNo('b', {
          extension: [
            fhirPath(
              `${sdc}enableWhenExpression`,
              '1.repeat($this + 1).count() > 0 and %resource.item.answer.value.exists()',
            ),
          ],
        }),
        number('c', {
          readOnly: true,
          extension: [fhirPath(`${sdc}calculatedExpression`, "iif(%resource.item.exists(), 'x' + 1)")],
        }),
      ];
      const call = ask(items);
      call.say('yes');
      assert.ok(call.happened.includes('expressionFailed:c'));
      at(call, 'ask b');
    },
  },
  {
    name: 'values that feed each other without end are left alone',
    of: 'SDC',
    holds: () => {
      const total = (linkId: string) =>
        number(linkId, {
          readOnly: true,
          extension: [
            fhirPath(
              `${sdc}calculatedExpression`,
              `%resource.item.where(linkId != '${linkId}').answer.value.sum() + 1`,
            ),
          ],
        });
      const call = ask([number('a'), total('b'), total('c'), number('d')]);
      call.say('three');
      at(call, 'ask d');
      call.say('four');
      at(call, 'complete');
      assert.match(JSON.stringify(call.state.computed?.failed), /without end/);
    },
  },
  {
    name: 'what is no FHIRPath, and circles, are faults with path and line',
    of: 'SDC',
    holds: () => {
      const wrong = yesNo('a', { extension: [fhirPath(`${sdc}enableWhenExpression`, 'foo(')] });
      assert.match(faultsOf([wrong]), /1 item\[0\]\.extension\[0\]: FHIRPath: .*mismatched/);
      const unknown = yesNo('a', { extension: [fhirPath(`${sdc}enableWhenExpression`, '%nobody')] });
      assert.match(faultsOf([unknown]), /nothing declares %nobody/);
      const a = number('a', { extension: [fhirPath(`${sdc}calculatedExpression`, valueOf('b'))] });
      const b = number('b', { extension: [fhirPath(`${sdc}calculatedExpression`, `${valueOf('a')} + 1`)] });
      assert.match(faultsOf([a, b]), /a circle: a → b → a/);
      assert.match(
        faultsOf([yesNo('a')], { extension: [variable('x', '%y'), variable('y', '%x')] }),
        /%x uses %y/,
      );
    },
  },
];
