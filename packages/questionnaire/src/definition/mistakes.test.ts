import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf } from '../testing/intake.ts';
import { loadQuestionnaire } from './load.ts';

const whole = {
  resourceType: 'Questionnaire',
  url: 'https://a.example/q',
  version: '1',
  item: [
    { linkId: 'a', text: 'Do you smoke?', type: 'boolean' },
    {
      linkId: 'b',
      text: 'How many?',
      type: 'integer',
      enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
    },
  ],
};
const written = JSON.stringify(whole, undefined, 1);
const changed = (from: string, to: string) => written.replace(from, to);
const calculated = (language: string, url: string, expression: string) =>
  JSON.stringify({
    ...whole,
    item: [
      {
        linkId: 'a',
        text: 'A?',
        type: 'integer',
        extension: [
          {
            url: `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${url}`,
            valueExpression: { language, expression },
          },
        ],
      },
    ],
  });

const rows: readonly [name: string, text: string, faults: readonly string[]][] = [
  ['NaN', changed('"answerBoolean": true', '"answerBoolean": NaN'), ["19 : not JSON: Unexpected token 'N'"]],
  ['XML', '<?xml version="1.0"?>\n<Questionnaire/>', ['undefined : this is XML, which is not read']],
  ['a file of blanks', ' \n', ['undefined : the file is empty']],
  [
    'a name twice',
    changed('"version"', '"url": "https://a.example/p",\n "version"'),
    ['4 : the same name stands twice here'],
  ],
  ['a number for a text', changed('"How many?"', '7'), ['13 item[1].text: expected text, not 7']],
  [
    'text for true',
    changed('"type": "integer"', '"type": "integer", "required": "true"'),
    ['14 item[1].required: expected true or false, not "true"'],
  ],
  [
    'no operator',
    changed('"operator": "=",', ''),
    ['16 item[1].enableWhen[0].operator: missing: expected one of exists, =, !=, >, <, >=, <='],
  ],
  [
    'nothing to compare with',
    changed('"operator": "=",', '"operator": "="').replace(/\s+"answerBoolean": true/, ''),
    ['16 item[1].enableWhen[0]: without an answer to compare with'],
  ],
  [
    'a link that JavaScript knows',
    written.replaceAll('"a"', '"constructor"'),
    ['7 item[0].linkId: "constructor" cannot be a link: JavaScript has another use for the word'],
  ],
  [
    'an expression that breaks off',
    calculated('text/fhirpath', 'calculatedExpression', '1 +'),
    ["1 item[0].extension[0]: FHIRPath: line: 1; column: 3; message: mismatched input '<EOF>'"],
  ],
];

describe('what is written by mistake is told with its line, in plain words', () => {
  for (const [name, text, expected] of rows)
    test(name, () => {
      const { faults } = loadQuestionnaire(text, 'x.json');
      assert.deepEqual(
        faults.map(({ line, path, message }) => `${line} ${path}: ${message}`),
        expected,
      );
    });

  test('all faults of the structure together', () => {
    const text = changed('"boolean"', '"boolan"').replace('"How many?"', '[]').replace('"b"', '""');
    const { faults } = loadQuestionnaire(text, 'x.json');
    assert.deepEqual(
      faults.map(({ path, remedy }) => `${path} ${remedy ?? ''}`.trim()),
      ['item[0].type Write boolean', 'item[1].linkId', 'item[1].text'],
    );
  });

  test('YAML merge keys are followed', () => {
    const text = `id: t\ntitle: T\nversion: 1\nurl: https://a.example/t\nitems:\n  - &a { id: a, ask: A?, type: boolean }\n  - { <<: *a, id: b }\n`;
    assert.deepEqual(loadQuestionnaire(text, 'x.yaml').faults, []);
  });
});

describe('expressions', () => {
  test('an initial value by a query that no call makes: a warning, and the question is put', () => {
    const text = calculated('text/fhirpath', 'initialExpression', '%FromTheRecord.entry.count()');
    const { definition, warnings } = loadQuestionnaire(text, 'x.json');
    assert.match(warnings[0]!.message, /nothing declares %FromTheRecord/);
    assert.equal(new Conversation(definition!).at, 'ask a');
  });

  test('a name with other capitals than the standard’s', () => {
    const { faults } = loadQuestionnaire(
      calculated('text/fhirpath', 'calculatedExpression', '%qItem.linkId.length()'),
      'x.json',
    );
    assert.equal(faults[0]?.remedy, 'Write %qitem');
  });
});

test('an initial value written as the code of an option is that option in the response', () => {
  const item = {
    linkId: 'a',
    text: 'A?',
    type: 'choice',
    initial: [{ valueString: 'r' }],
    answerOption: [{ valueCoding: { system: 'https://a.example/color', code: 'r', display: 'red' } }],
  };
  const { items } = definitionOf(JSON.stringify({ ...whole, item: [item] }), 'x.json');
  assert.deepEqual(items[0]!.initial, [{ system: 'https://a.example/color', code: 'r', display: 'red' }]);
});

test('an option is chosen by the words in which it was read out', () => {
  const answerOption = ['0-1 days', '2-6 days', '>6 days'].map((display, at) => ({
    valueCoding: { code: `c${at}`, display },
  }));
  const item = { linkId: 'a', text: 'How often?', type: 'choice', answerOption };
  for (const [words, code] of [
    ['two to six days', 'c1'],
    ['2 to 6 days', 'c1'],
    ['more than six days', 'c2'],
  ] as const) {
    const call = new Conversation(definitionOf(JSON.stringify({ ...whole, item: [item] }), 'x.json'));
    call.say(words);
    const [value] = (call.state.items['a'] as { values: { code: string }[] }).values;
    assert.equal(value?.code, code, words);
  }
});
