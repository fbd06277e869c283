import assert from 'node:assert/strict';
import type { Extension, QuestionnaireItem } from 'fhir/r4.d.ts';
import { loadQuestionnaire } from '../../definition/load.ts';
import {
  answersOf,
  ask,
  at,
  type Feature,
  fhirPath,
  hl7,
  questionnaireOf,
  questionOf,
  sdc,
  valueOf,
  variable,
} from './feature.ts';

const problemOf = (item: QuestionnaireItem, words: string) => {
  const call = ask([item]);
  call.say(words);
  return call.step.kind === 'ask' ? call.step.problem : undefined;
};
const kilo = { system: 'http://unitsofmeasure.org', code: 'kg', display: 'kilograms' };
const pound = { system: 'http://unitsofmeasure.org', code: '[lb_av]', display: 'pounds' };
const translation = (content: string): { extension: Extension[] } => ({
  extension: [
    {
      url: `${hl7}translation`,
      extension: [
        { url: 'lang', valueCode: 'es' },
        { url: 'content', valueString: content },
      ],
    },
  ],
});
const moduleUrl = 'http://a.example/module';
const smoker = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: moduleUrl,
  extension: [variable('often', valueOf('much'))],
  item: [
    questionOf('smokes', 'boolean'),
    questionOf('much', 'integer', {
      enableWhen: [{ question: 'smokes', operator: '=', answerBoolean: true }],
    }),
  ],
};
const place = (more: Extension[] = []): QuestionnaireItem => ({
  linkId: 'module',
  text: 'Module',
  type: 'display',
  extension: [{ url: `${sdc}subQuestionnaire`, valueCanonical: moduleUrl }, ...more],
});

/** Extensions that need no FHIRPath. */
export const extensionFeatures: Feature[] = [
  {
    name: 'minValue and maxValue',
    of: 'HL7 extension',
    holds: () => {
      const extension = [
        { url: `${hl7}minValue`, valueInteger: 1 },
        { url: `${hl7}maxValue`, valueInteger: 10 },
      ];
      const item = questionOf('a', 'integer', { extension });
      assert.equal(problemOf(item, 'zero'), 'It has to be 1 or more.');
      assert.equal(problemOf(item, 'eleven'), 'It has to be 10 or less.');
    },
  },
  {
    name: 'minValue and maxValue counted from today()',
    of: 'HL7 extension',
    holds: () => {
      const extension = [
        {
          url: `${hl7}maxValue`,
          _valueDate: { extension: [fhirPath(`${hl7}cqf-calculatedValue`, 'today()')] },
        },
      ];
      const words = 'March third twenty thirty';
      assert.equal(problemOf(questionOf('a', 'date', { extension }), words), 'That date is in the future.');
    },
  },
  {
    name: 'regex',
    of: 'HL7 extension',
    holds: () => {
      const item = questionOf('a', 'text', { extension: [{ url: `${hl7}regex`, valueString: '[a-z]+' }] });
      assert.equal(problemOf(item, 'x1'), 'That does not have the right form.');
      assert.equal(problemOf(item, 'xy'), undefined);
    },
  },
  {
    name: 'maxDecimalPlaces',
    of: 'HL7 extension',
    holds: () => {
      const item = questionOf('a', 'decimal', {
        extension: [{ url: `${hl7}maxDecimalPlaces`, valueInteger: 1 }],
      });
      assert.match(problemOf(item, 'one point two five')!, /decimal places/);
    },
  },
  {
    name: 'entryFormat: said when the question is put again',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([
        questionOf('a', 'integer', {
          extension: [{ url: `${hl7}entryFormat`, valueString: 'in whole years' }],
        }),
      ]);
      call.put({ kind: 'unclear' });
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'in whole years. a?');
    },
  },
  {
    name: 'questionnaire-unit: the unit when none is said',
    of: 'HL7 extension',
    holds: () => {
      const call = ask([
        questionOf('a', 'quantity', { extension: [{ url: `${hl7}questionnaire-unit`, valueCoding: kilo }] }),
      ]);
      call.say('seventy');
      if (call.step.kind === 'readBack') call.say('yes');
      assert.deepEqual(answersOf(call), ['a=70 kilograms']);
    },
  },
  {
    name: 'questionnaire-unitOption: no other unit is taken',
    of: 'HL7 extension',
    holds: () => {
      const option = (valueCoding: typeof kilo) => ({ url: `${hl7}questionnaire-unitOption`, valueCoding });
      const extension = [
        option(kilo),
        option(pound),
        option({ system: 'http://a.example', code: 'bag', display: 'bags' }),
      ];
      const item = questionOf('a', 'quantity', { extension });
      assert.equal(problemOf(item, 'seventy inches'), 'Please give it in kilograms, pounds, or bags.');
      const call = ask([item]);
      call.say('two bags');
      if (call.step.kind === 'readBack') call.say('yes');
      assert.deepEqual(answersOf(call), ['a=2 bags']);
    },
  },
  {
    name: 'questionnaire-unitValueSet',
    of: 'HL7 extension',
    holds: () => {
      const set = (url: string): Extension[] => [
        { url: `${hl7}questionnaire-unitValueSet`, valueCanonical: url },
      ];
      const [{ system, ...first }, second] = [kilo, pound];
      const concept = [first, { code: second.code, display: second.display }];
      const units = {
        resourceType: 'ValueSet',
        url: 'http://a.example/units',
        compose: { include: [{ system, concept }] },
      };
      const item = questionOf('a', 'quantity', { extension: set('http://a.example/units') });
      const call = ask([item], { load: { resources: [units] } });
      call.say('seventy inches');
      const problem = call.step.kind === 'ask' && call.step.problem;
      assert.equal(problem, 'Please give it in kilograms or pounds.');
      call.say('seventy kilograms');
      if (call.step.kind === 'readBack') call.say('yes');
      assert.deepEqual(answersOf(call), ['a=70 kilograms']);
      const unknown = questionOf('a', 'quantity', { extension: set('http://a.example/all') });
      const { warnings } = loadQuestionnaire(questionnaireOf([unknown]), 't.json');
      assert.match(warnings[0]?.message ?? '', /cannot be listed: any unit is taken/);
    },
  },
  {
    name: 'translation of text and display (language option)',
    of: 'HL7 extension',
    holds: () => {
      const option = { code: 'y', display: 'Cat', _display: translation('Gato') };
      const item = {
        ...questionOf('a', 'choice', { answerOption: [{ valueCoding: option }] }),
        _text: translation('¿Cuál?'),
      };
      const said = (language?: string) => {
        const call = ask([item], language === undefined ? {} : { load: { language } });
        return call.step.kind === 'ask' ? call.step.prompt : '';
      };
      assert.equal(said('es-MX'), '¿Cuál? You can say Gato.');
      assert.equal(said(), 'a? You can say Cat.');
    },
  },
  {
    name: 'subQuestionnaire: a module, resolved from the resources given',
    of: 'SDC',
    holds: () => {
      const load = { resources: [smoker] };
      const call = ask([place(), questionOf('end', 'boolean')], { load });
      call.say('yes');
      call.say('two');
      call.say('no');
      assert.deepEqual(answersOf(call), ['smokes=true', 'much=2', 'end=false']);
      const missing = loadQuestionnaire(questionnaireOf([place()]), 't.json');
      assert.match(JSON.stringify(missing.faults), /not at hand/);
    },
  },
  {
    name: 'subQuestionnaire with linkIdPrefix, twice',
    of: 'SDC',
    holds: () => {
      const named = (name: string) => ({ ...place([variable('linkIdPrefix', `'${name}-'`)]), linkId: name });
      const call = ask([named('her'), named('him')], { load: { resources: [smoker] } });
      for (const words of ['yes', 'two', 'yes', 'three']) call.say(words);
      assert.deepEqual(answersOf(call), ['her-smokes=true', 'her-much=2', 'him-smokes=true', 'him-much=3']);
    },
  },
  {
    name: 'itemControl: help, units and ends of scales beside a field are not said',
    of: 'HL7 extension',
    holds: () => {
      const control = {
        url: `${hl7}questionnaire-itemControl`,
        valueCodeableConcept: { coding: [{ code: 'help' }] },
      };
      const help: QuestionnaireItem = { linkId: 'h', type: 'display', text: 'Help', extension: [control] };
      const call = ask([help, questionOf('a', 'boolean')]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'a?');
    },
  },
  {
    name: 'itemControl gtable and table: asked row by row',
    of: 'HL7 extension',
    holds: () => {
      const control = {
        url: `${hl7}questionnaire-itemControl`,
        valueCodeableConcept: { coding: [{ code: 'gtable' }] },
      };
      const rows: QuestionnaireItem = {
        linkId: 'g',
        text: 'Visits',
        type: 'group',
        repeats: true,
        extension: [control],
        item: [questionOf('a', 'text')],
      };
      const call = ask([rows]);
      call.say('here');
      at(call, 'ask g#2?');
    },
  },
  {
    name: 'an extension that is not known is listed',
    of: 'HL7 extension',
    holds: () => {
      const item = questionOf('a', 'boolean', {
        extension: [{ url: 'http://a.example/x', valueBoolean: true }],
      });
      assert.match(
        JSON.stringify(loadQuestionnaire(questionnaireOf([item]), 't.json').warnings),
        /a\.example\/x is not followed/,
      );
    },
  },
  {
    name: 'derivedFrom: not looked at, with a warning',
    of: 'R4',
    holds: () => {
      const text = questionnaireOf([questionOf('a', 'boolean')], { derivedFrom: ['http://a.example/other'] });
      assert.match(JSON.stringify(loadQuestionnaire(text, 't.json').warnings), /derivedFrom/);
    },
  },
];
