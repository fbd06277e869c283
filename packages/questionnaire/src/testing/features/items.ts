import assert from 'node:assert/strict';
import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { answersOf, ask, at, faultsOf, type Feature, hl7, questionOf, responseOf } from './feature.ts';

/** One question of a type, one way of saying an answer, and what the response holds. */
const types: [
  type: QuestionnaireItem['type'],
  words: string,
  answer: string,
  more?: Partial<QuestionnaireItem>,
][] = [
  ['boolean', 'yes', 'true'],
  ['decimal', 'two point five', '2.5'],
  ['integer', 'forty two', '42'],
  ['date', 'March third nineteen eighty five', '1985-03-03'],
  ['dateTime', 'March third twenty twenty five at three thirty pm', '2025-03-03T15:30:00Z'],
  ['time', 'three thirty pm', '15:30:00'],
  ['string', 'lisinopril', 'lisinopril'],
  ['text', 'it began on Monday', 'it began on Monday'],
  ['url', 'example dot com slash me', 'example.com/me'],
  ['choice', 'the cat', 'cat', { answerOption: coded('dog', 'cat') }],
  ['open-choice', 'a parrot', 'a parrot', { answerOption: coded('dog', 'cat') }],
  ['quantity', 'seventy kilograms', '70 kilograms'],
];

function coded(...codes: string[]): QuestionnaireItem['answerOption'] {
  return codes.map((code) => ({ valueCoding: { system: 'http://a.example', code, display: code } }));
}

const typeFeatures = types.map(([type, words, answer, more]): Feature => ({
  name: `type ${type}`,
  of: 'R4',
  holds: () => {
    const call = ask([questionOf('a', type, more)]);
    call.say(words);
    if (call.step.kind === 'readBack') call.say('yes');
    at(call, 'complete');
    assert.deepEqual(answersOf(call), [`a=${answer}`]);
  },
}));

/** `b` is asked on the first answers, and not on the second. */
const operators: [
  operator: QuestionnaireItemEnableWhen['operator'],
  condition: Partial<QuestionnaireItemEnableWhen>,
  on: string,
  off: string,
  more?: Partial<QuestionnaireItem>,
][] = [
  ['exists', { answerBoolean: true }, 'seven', "i don't know"],
  ['=', { answerInteger: 5 }, 'five', 'six'],
  ['!=', { answerInteger: 5 }, 'six', 'five'],
  ['>', { answerInteger: 5 }, 'six', 'five'],
  ['<', { answerInteger: 5 }, 'four', 'five'],
  ['>=', { answerInteger: 5 }, 'five', 'four'],
  ['<=', { answerInteger: 5 }, 'five', 'six'],
];

const operatorFeatures = operators.map(([operator, condition, on, off]): Feature => ({
  name: `enableWhen ${operator}`,
  of: 'R4',
  holds: () => {
    const when = [{ question: 'a', operator, ...condition }] as QuestionnaireItemEnableWhen[];
    for (const [words, next] of [
      [on, 'ask b'],
      [off, 'complete'],
    ] as const) {
      const call = ask([questionOf('a', 'integer'), questionOf('b', 'boolean', { enableWhen: when })]);
      call.say(words);
      at(call, next);
    }
  },
}));

const compared: [
  type: QuestionnaireItem['type'],
  answer: Partial<QuestionnaireItemEnableWhen>,
  on: string,
  off: string,
][] = [
  ['boolean', { answerBoolean: true }, 'yes', 'no'],
  ['decimal', { answerDecimal: 2.5 }, 'two point five', 'two point six'],
  [
    'date',
    { answerDate: '1985-03-03' },
    'March third nineteen eighty five',
    'March fourth nineteen eighty five',
  ],
  ['time', { answerTime: '15:30:00' }, 'three thirty pm', 'three forty pm'],
  ['string', { answerString: 'iron' }, 'iron', 'zinc'],
  ['choice', { answerCoding: { system: 'http://a.example', code: 'cat' } }, 'cat', 'dog'],
  [
    'quantity',
    { answerQuantity: { value: 70, code: 'kg', system: 'http://unitsofmeasure.org' } },
    'seventy kilograms',
    'eighty kilograms',
  ],
];

const comparedFeatures = compared.map(([type, answer, on, off]): Feature => ({
  name: `enableWhen answer[x] of a ${type}`,
  of: 'R4',
  holds: () => {
    const operator = type === 'quantity' ? '>=' : '=';
    const when = [{ question: 'a', operator, ...answer }] as QuestionnaireItemEnableWhen[];
    const more = type === 'choice' ? { answerOption: coded('dog', 'cat') } : {};
    const isOn = (words: string) => {
      const call = ask([questionOf('a', type, more), questionOf('b', 'boolean', { enableWhen: when })]);
      call.say(words);
      return call.at === 'ask b';
    };
    assert.equal(isOn(on), true);
    assert.equal(isOn(off), type === 'quantity');
  },
}));

const restFeatures: Feature[] = [
  {
    name: 'type group, nested; its text said once',
    of: 'R4',
    holds: () => {
      const inner = {
        ...questionOf('in', 'group'),
        text: 'Inner',
        item: [questionOf('a', 'boolean'), questionOf('b', 'boolean')],
      };
      const call = ask([{ ...questionOf('out', 'group'), text: 'Outer', item: [inner] }]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Outer. Inner. a?');
      call.say('yes');
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'b?');
      assert.equal(responseOf(call).item?.[0]?.item?.[0]?.item?.[0]?.linkId, 'a');
    },
  },
  {
    name: 'type display, said before the next question',
    of: 'R4',
    holds: () => {
      const call = ask([{ linkId: 'd', type: 'display', text: 'Nearly done' }, questionOf('a', 'boolean')]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Nearly done. a?');
    },
  },
  {
    name: 'type attachment, described and marked',
    of: 'R4',
    holds: () => {
      const call = ask([questionOf('a', 'attachment')]);
      call.say('a picture of the rash');
      const answer = responseOf(call).item?.[0]?.answer?.[0]?.valueAttachment;
      assert.equal(answer?.title, 'a picture of the rash');
      assert.match(JSON.stringify(answer?.extension), /data-absent-reason.*unsupported/);
      assert.match(
        faultsOf([questionOf('a', 'attachment', { required: true })]),
        /cannot be given by telephone/,
      );
    },
  },
  {
    name: 'type reference, described and marked',
    of: 'R4',
    holds: () => {
      const call = ask([questionOf('a', 'reference', { required: true })]);
      call.say('Doctor Lee in Springfield');
      const answer = responseOf(call).item?.[0]?.answer?.[0]?.valueReference;
      assert.equal(answer?.display, 'Doctor Lee in Springfield');
      assert.match(JSON.stringify(answer?.extension), /data-absent-reason.*unsupported/);
    },
  },
  {
    name: 'items under a question, nested in its answer',
    of: 'R4',
    holds: () => {
      const call = ask([questionOf('a', 'boolean', { item: [questionOf('b', 'boolean')] })]);
      call.say('yes');
      call.say('no');
      assert.equal(responseOf(call).item?.[0]?.answer?.[0]?.item?.[0]?.answer?.[0]?.valueBoolean, false);
    },
  },
  {
    name: 'items under each answer of a repeating question',
    of: 'R4',
    holds: () => {
      const call = ask([questionOf('a', 'text', { repeats: true, item: [questionOf('b', 'boolean')] })]);
      for (const words of ['iron', 'zinc', 'no', 'yes', 'no']) if (call.step.kind === 'ask') call.say(words);
      const answers = responseOf(call).item?.[0]?.answer ?? [];
      assert.deepEqual(
        answers.map(({ item }) => item?.[0]?.answer?.[0]?.valueBoolean),
        [true, false],
      );
    },
  },
  {
    name: 'enableBehavior all and any',
    of: 'R4',
    holds: () => {
      const enableWhen = ['a', 'b'].map((question) => ({
        question,
        operator: '=' as const,
        answerBoolean: true,
      }));
      for (const [enableBehavior, next] of [
        ['all', 'complete'],
        ['any', 'ask c'],
      ] as const) {
        const call = ask([
          questionOf('a', 'boolean'),
          questionOf('b', 'boolean'),
          questionOf('c', 'boolean', { enableWhen, enableBehavior }),
        ]);
        call.say('yes');
        call.say('no');
        at(call, next);
      }
    },
  },
  {
    name: 'required: never passed over',
    of: 'R4',
    holds: () => {
      const [must, may] = [true, false].map((required) => ask([questionOf('a', 'integer', { required })]));
      for (let times = 0; times < 3; times++) for (const call of [must!, may!]) call.put({ kind: 'unclear' });
      at(must!, 'handOver a');
      at(may!, 'complete');
    },
  },
  {
    name: 'readOnly: kept, not asked',
    of: 'R4',
    holds: () => {
      const call = ask([
        questionOf('a', 'string', { readOnly: true, initial: [{ valueString: 'x' }] }),
        questionOf('b', 'boolean'),
      ]);
      at(call, 'ask b');
      assert.deepEqual(answersOf(call), ['a=x']);
    },
  },
  {
    name: 'readOnly and hidden, of a group: all within',
    of: 'R4',
    holds: () => {
      const extension = [{ url: `${hl7}questionnaire-hidden`, valueBoolean: true }];
      const group = (linkId: string, more: Partial<QuestionnaireItem>) =>
        questionOf(linkId, 'group', { ...more, item: [questionOf(`${linkId}1`, 'boolean')] });
      at(
        ask([group('a', { readOnly: true }), group('b', { extension }), questionOf('c', 'boolean')]),
        'ask c',
      );
    },
  },
  {
    name: 'initial: taken as given, read back where misheard values would be',
    of: 'R4',
    holds: () => {
      const call = ask([
        questionOf('a', 'boolean', { initial: [{ valueBoolean: true }] }),
        questionOf('b', 'date', { initial: [{ valueDate: '1985-03-03' }] }),
        questionOf('c', 'text', { repeats: true, initial: [{ valueString: 'x' }, { valueString: 'y' }] }),
      ]);
      assert.equal(
        call.step.kind === 'readBack' && call.step.prompt,
        'I have March third, nineteen eighty five. Is that right?',
      );
      call.say('no, the fourth');
      call.say('yes');
      assert.deepEqual(answersOf(call), ['a=true', 'b=1985-03-04', 'c=x', 'c=y']);
    },
  },
  {
    name: 'answerOption with valueCoding, valueString, valueInteger, valueDate, valueTime; initialSelected',
    of: 'R4',
    holds: () => {
      const answerOption = [
        { valueString: 'many' },
        { valueInteger: 3 },
        { valueTime: '15:30:00' },
        { valueDate: '2026-01-01' },
      ];
      const call = ask([
        questionOf('a', 'choice', { answerOption }),
        questionOf('b', 'choice', {
          answerOption: [...coded('x')!, { valueString: 'y', initialSelected: true }],
        }),
      ]);
      call.say('3');
      assert.deepEqual(answersOf(call), ['a=3', 'b=y']);
    },
  },
  {
    name: 'answerOption with valueReference',
    of: 'R4',
    holds: () => {
      const call = ask([
        questionOf('a', 'choice', {
          answerOption: [{ valueReference: { reference: 'Patient/1', display: 'Ann' } }],
        }),
      ]);
      call.say('Ann');
      assert.equal(responseOf(call).item?.[0]?.answer?.[0]?.valueReference?.reference, 'Patient/1');
    },
  },
  {
    name: 'maxLength',
    of: 'R4',
    holds: () => {
      const call = ask([questionOf('a', 'text', { maxLength: 5 })]);
      call.say('longer than five');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'That is longer than I can note down.');
    },
  },
  {
    name: 'prefix: numbering is not said, words are',
    of: 'R4',
    holds: () => {
      const call = ask([
        questionOf('a', 'boolean', { prefix: 'Q1.' }),
        questionOf('b', 'boolean', { prefix: 'Physical therapy' }),
      ]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'a?');
      call.say('yes');
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Physical therapy. b?');
    },
  },
  {
    name: 'linkId: twice is a fault',
    of: 'R4',
    holds: () =>
      assert.match(faultsOf([questionOf('a', 'boolean'), questionOf('a', 'boolean')]), /earlier item/),
  },
  {
    name: 'modifierExtension: a fault',
    of: 'R4',
    holds: () => {
      const more = { modifierExtension: [{ url: 'http://a.example', valueBoolean: true }] };
      assert.match(faultsOf([questionOf('a', 'boolean', more)]), /modifier/);
    },
  },
  {
    name: 'questionnaire-hidden: not asked',
    of: 'HL7 extension',
    holds: () => {
      const extension = [{ url: `${hl7}questionnaire-hidden`, valueBoolean: true }];
      at(ask([questionOf('a', 'boolean', { extension }), questionOf('b', 'boolean')]), 'ask b');
    },
  },
];

/** Elements of Questionnaire.item in R4. */
export const itemFeatures: Feature[] = [
  ...typeFeatures,
  ...operatorFeatures,
  ...comparedFeatures,
  ...restFeatures,
];
