import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, example, shortForm } from '../testing/intake.ts';
import { responseFaults } from '../testing/response-faults.ts';
import { answersTable } from './table.ts';
import { describeForModel } from './describe.ts';
import { questionnaireResponse } from './response.ts';

const authored = '2026-11-23T22:00:00Z';
const dataAbsentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const kinds = definitionOf(
  shortForm(`
  - { id: b, ask: B?, type: boolean }
  - { id: i, ask: I?, type: integer }
  - { id: d, ask: D?, type: decimal }
  - { id: date, ask: Date?, type: date }
  - { id: at, ask: At?, type: dateTime }
  - { id: time, ask: Time?, type: time }
  - { id: s, ask: S?, type: string }
  - { id: t, ask: T?, type: text }
  - { id: c, ask: C?, options: [one, two] }
  - { id: o, ask: O?, type: open-choice, options: [one, two] }
  - { id: q, ask: Q?, type: quantity }
  - id: group
    text: A group
    items:
      - id: parent
        ask: Parent?
        type: boolean
        items: [{ id: child, ask: Child?, type: string }]
`),
);

describe('values by type', () => {
  const rows: [linkId: string, words: string, answer: object][] = [
    ['b', 'yes', { valueBoolean: true }],
    ['i', 'seven', { valueInteger: 7 }],
    ['d', 'two point five', { valueDecimal: 2.5 }],
    ['date', 'March 3rd, 1985', { valueDate: '1985-03-03' }],
    ['at', 'yesterday at nine am', { valueDateTime: '2026-11-22T09:00:00Z' }],
    ['time', 'nine am', { valueTime: '09:00:00' }],
    ['s', 'a string', { valueString: 'a string' }],
    ['t', 'a text', { valueString: 'a text' }],
    [
      'c',
      'one',
      { valueCoding: { system: 'https://vestibule.example/test/options/c', code: 'one', display: 'one' } },
    ],
    ['o', 'something else', { valueString: 'something else' }],
    [
      'q',
      'two weeks',
      { valueQuantity: { value: 2, unit: 'weeks', system: 'http://unitsofmeasure.org', code: 'wk' } },
    ],
  ];
  for (const [linkId, words, answer] of rows) {
    test(`${linkId}: ${JSON.stringify(answer)}`, () => {
      const call = new Conversation(kinds);
      call.answer(linkId, words);
      const response = questionnaireResponse(kinds, call.state, { authored });
      assert.deepEqual(response.item?.[0]?.answer, [answer]);
      assert.deepEqual(responseFaults(kinds, response), []);
    });
  }

  test('items of groups and of questions are nested as R4 has it', () => {
    const call = new Conversation(kinds);
    call.answer('parent', 'yes');
    call.answer('child', 'a child');
    const response = questionnaireResponse(kinds, call.state, { authored });
    assert.deepEqual(response.item, [
      {
        linkId: 'group',
        text: 'A group',
        item: [
          {
            linkId: 'parent',
            text: 'Parent?',
            answer: [
              {
                valueBoolean: true,
                item: [{ linkId: 'child', text: 'Child?', answer: [{ valueString: 'a child' }] }],
              },
            ],
          },
        ],
      },
    ]);
  });
});

describe('status', () => {
  const definition = example('new-patient.yaml');

  test('in progress, stopped, completed', () => {
    const call = new Conversation(definition);
    assert.equal(questionnaireResponse(definition, call.state, { authored }).status, 'in-progress');
    assert.equal(questionnaireResponse(definition, call.state, { authored, ended: true }).status, 'stopped');
    const short = new Conversation(definitionOf(shortForm('  - { id: a, ask: A?, type: boolean }')));
    short.say('yes');
    const response = questionnaireResponse(short.definition, short.state, {
      authored,
      id: 'r1',
      subject: 'Patient/1',
      ended: true,
    });
    assert.equal(response.status, 'completed');
    assert.equal(response.questionnaire, 'https://vestibule.example/test|1');
    assert.equal(response.subject?.reference, 'Patient/1');
  });

  test('declined, unknown, asked without an answer, and not asked are kept apart', () => {
    const call = new Conversation(definition);
    call.put({ kind: 'decline', linkId: 'caller' });
    call.put({ kind: 'unknown', linkId: 'birth-date' });
    call.put({ kind: 'unclear' });
    const response = questionnaireResponse(definition, call.state, { authored, ended: true });
    const reasons = Object.fromEntries(
      (response.item ?? []).map((item) => [
        item.linkId,
        /"valueCode":"([^"]+)"/.exec(JSON.stringify(item.answer))?.[1],
      ]),
    );
    assert.deepEqual(reasons, {
      caller: 'asked-declined',
      'full-name': 'unknown',
      'birth-date': 'asked-unknown',
      'callback-number': 'not-asked',
      reason: 'not-asked',
      'chest-pain': 'not-asked',
      'takes-medicines': 'not-asked',
      allergies: 'not-asked',
      'preferred-time': 'not-asked',
    });
    assert.deepEqual(response.item?.[2]?.answer, [
      { _valueDate: { extension: [{ url: dataAbsentReason, valueCode: 'asked-unknown' }] } },
    ]);
    assert.deepEqual(responseFaults(definition, response), []);
  });
});

describe('the table and the prompt', () => {
  const definition = example('new-patient.yaml');
  const call = new Conversation(definition);
  call.say('myself');
  call.answer('takes-medicines', 'no');
  call.answer('birth-date', '3/3/1985');

  test('one row an item, with its state', () => {
    assert.deepEqual(
      answersTable(definition, call.state).map(({ linkId, answer, status }) => [linkId, answer, status]),
      [
        ['caller', 'myself', 'answered'],
        ['full-name', '', 'asked'],
        ['birth-date', 'March 3, 1985', 'unconfirmed'],
        ['callback-number', '', 'not-asked'],
        ['reason', '', 'not-asked'],
        ['chest-pain', '', 'not-asked'],
        ['takes-medicines', 'No', 'answered'],
        ['medicines', '', 'off'],
        ['allergies', '', 'not-asked'],
        ['preferred-time', '', 'not-asked'],
      ],
    );
  });

  test('the model is told what stands, what is open and what is known', () => {
    const text = describeForModel(definition, call.state);
    assert.match(text, /Current item: birth-date, waiting for the caller to confirm/);
    assert.match(text, /full-name \[name, required\]: What is the patient's first and last name\?/);
    assert.match(text, /preferred-time \[choice\]: .*; one of: morning, afternoon, evening/);
    assert.match(text, /takes-medicines: No/);
    call.say('yes');
    assert.match(describeForModel(definition, call.state), /Current item: full-name/);
  });
});
