import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { Conversation, definitionOf, example, shortForm } from '../testing/intake.ts';
import { checkQuestionnaire } from './check.ts';
import { loadQuestionnaire } from './load.ts';

/** Faults as "line path: message". */
function faultsOf(text: string, file = 'test.yaml'): string[] {
  return loadQuestionnaire(text, file).faults.map(({ line, path, message }) => `${line} ${path}: ${message}`);
}

function fhir(item: QuestionnaireItem[], more: object = {}): string {
  return JSON.stringify({
    resourceType: 'Questionnaire',
    status: 'active',
    url: 'https://vestibule.example/test',
    version: '1',
    item,
    ...more,
  });
}

function newPatientText(): string {
  return readFileSync(
    new URL('../../../../examples/questionnaires/new-patient.yaml', import.meta.url),
    'utf8',
  );
}

describe('the short form', () => {
  test('compiles to FHIR with the standard’s extensions where it has any', () => {
    const { questionnaire } = loadQuestionnaire(
      shortForm(`
  - id: birth-date
    ask: When were you born?
    type: date
    required: true
    readBack: always
    validate: { past: true, min: today - 120 years }
  - { id: weight, ask: What do you weigh?, type: quantity, unit: '[lb_av]' }
  - { id: why, ask: Why?, when: { item: birth-date, below: '2010-01-01' } }
`),
      'test.yaml',
    );
    const calculated = (expression: string) => ({
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue',
          valueExpression: { language: 'text/fhirpath', expression },
        },
      ],
    });
    assert.deepEqual(questionnaire?.item, [
      {
        linkId: 'birth-date',
        text: 'When were you born?',
        type: 'date',
        extension: [
          {
            url: 'https://vestibule.example/fhir/StructureDefinition/voice-read-back',
            valueCode: 'always',
          },
          {
            url: 'http://hl7.org/fhir/StructureDefinition/minValue',
            _valueDate: calculated('today() - 120 years'),
          },
          { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', _valueDate: calculated('today()') },
        ],
        required: true,
      },
      {
        linkId: 'weight',
        text: 'What do you weigh?',
        type: 'quantity',
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
            valueCoding: { system: 'http://unitsofmeasure.org', code: '[lb_av]' },
          },
        ],
      },
      {
        linkId: 'why',
        text: 'Why?',
        type: 'text',
        enableWhen: [{ question: 'birth-date', operator: '<', answerDate: '2010-01-01' }],
      },
    ]);
  });

  test('what it compiles to, loaded as FHIR JSON, is the same definition', () => {
    const { questionnaire } = loadQuestionnaire(newPatientText(), 'new-patient.yaml');
    const again = loadQuestionnaire(JSON.stringify(questionnaire), 'new-patient.json');
    assert.deepEqual(again.faults, []);
    assert.deepEqual(again.warnings, []);
    assert.deepEqual(again.definition, example('new-patient.yaml'));
  });

  test('reports all faults together, with path and line', () => {
    const text = [
      'id: test', //                                                    1
      'title: Test', //                                                 2
      "version: '1'", //                                                3
      'url: https://vestibule.example/test', //                         4
      'items:', //                                                      5
      '  - { id: a, ask: A?, type: boolean }', //                       6
      '  - { id: a, ask: Again?, type: boolean }', //                   7
      '  - { id: b, ask: B?, when: { item: c, is: yes } }', //          8
      '  - id: d', //                                                   9
      '    ask: D?', //                                                10
      '    options: [one, two]', //                                    11
      '    when: { item: a, is: perhaps }', //                         12
      '  - id: e', //                                                  13
      '    type: integer', //                                          14
      '    validate: { min: low }', //                                 15
    ].join('\n');
    assert.deepEqual(faultsOf(text).sort(), [
      '12 items[3].when.is: "a" is a yes or no question',
      '13 items[4].ask: nothing to say',
      '15 items[4].validate.min: is not a number',
      '7 items[1].id: "a" is the link of an earlier item too',
      '8 items[2].when: no item has the link "c"',
    ]);
  });

  const rows: [name: string, text: string, fault: RegExp][] = [
    ['no YAML', 'items: [', /^1 : /],
    ['an empty file', '', /the file is empty/],
    ['nothing to ask', 'id: a\ntitle: A\nversion: 1\nurl: https://a.example\nitems: []', /^5 items: /],
    [
      'an unknown member',
      shortForm('  - { id: a, ask: A?, color: red }'),
      /items\[0\]\.color: not a part of the short form/,
    ],
    ['an unknown type', shortForm('  - { id: a, ask: A?, type: number }'), /items\[0\]\.type: /],
    ['a bad id', shortForm('  - { id: a b, ask: A? }'), /items\[0\]\.id: letters, digits/],
    [
      'a condition without a comparison',
      shortForm('  - { id: a, ask: A?, when: { item: b } }'),
      /items\[0\]\.when/,
    ],
    [
      'a choice without options',
      shortForm('  - { id: a, ask: A?, type: choice, required: true }'),
      /options: a choice without options/,
    ],
    [
      'a condition on a value that is no option',
      shortForm('  - { id: a, ask: A?, options: [x, y] }\n  - { id: b, ask: B?, when: { item: a, is: z } }'),
      /items\[1\]\.when\.is: "z" is not an option of "a"/,
    ],
    [
      'a condition on a group',
      shortForm(
        '  - { id: g, items: [{ id: a, ask: A? }] }\n  - { id: b, ask: B?, when: { item: g, answered: false } }\n  - { id: c, ask: C?, when: { item: g, is: x } }',
      ),
      /items\[2\]\.when\.is: "g" has no answer/,
    ],
    [
      'a circle',
      shortForm(
        '  - { id: a, ask: A?, type: boolean, when: { item: b, is: yes } }\n  - { id: b, ask: B?, type: boolean, when: { item: a, is: yes } }',
      ),
      /items\[0\]\.when: a circle: a → b → a/,
    ],
    [
      'an item that waits for itself',
      shortForm('  - { id: a, ask: A?, type: boolean, when: { item: a, is: yes } }'),
      /an item cannot depend on itself/,
    ],
    [
      'a group that waits for its own item',
      shortForm('  - id: g\n    when: { item: a, is: yes }\n    items: [{ id: a, ask: A?, type: boolean }]'),
      /a circle: g → a → g/,
    ],
    [
      'a bad pattern',
      shortForm("  - { id: a, ask: A?, type: string, validate: { pattern: '[' } }"),
      /regex is not a regular expression/,
    ],
    [
      'a bad phrase',
      shortForm(
        '  - { id: a, ask: A? }',
        'redFlags: [{ id: r, severity: urgent, script: S, phrases: ["(x"] }]',
      ),
      /red flag r, phrase "\(x": brackets do not pair/,
    ],
    [
      'a red flag that cannot fire',
      shortForm('  - { id: a, ask: A? }', 'redFlags: [{ id: r, severity: urgent, script: S }]'),
      /redFlags\[0\]: needs phrases or when/,
    ],
    [
      'a red flag on an unknown item',
      shortForm(
        '  - { id: a, ask: A? }',
        'redFlags: [{ id: r, severity: urgent, script: S, when: { item: z, is: yes } }]',
      ),
      /red flag r: no item has the link "z"/,
    ],
  ];
  for (const [name, text, fault] of rows) {
    test(`${name} is a fault`, () => {
      const faults = faultsOf(text);
      assert.ok(
        faults.some((one) => fault.test(one)),
        JSON.stringify(faults),
      );
      assert.equal(loadQuestionnaire(text, 'test.yaml').definition, undefined);
    });
  }
});

describe('FHIR JSON', () => {
  test('says where JSON breaks', () => {
    assert.match(faultsOf('{\n  "resourceType": "Questionnaire",\n  oops\n}', 'x.json')[0]!, /^3 : not JSON/);
  });

  test('is held to the structure of R4', () => {
    const faults = faultsOf(
      '{\n "resourceType": "Questionnaire",\n "item": [\n  {"linkId": "a",\n   "type": "number"}\n ]\n}',
      'x.json',
    );
    assert.equal(faults.length, 1);
    assert.match(faults[0]!, /^5 item\[0\]\.type: /);
  });

  test('another resource is refused', () => {
    assert.match(faultsOf('{"resourceType": "Patient"}', 'x.json').join(), /resourceType/);
  });

  const choice: QuestionnaireItem = {
    linkId: 'c',
    text: 'C?',
    type: 'choice',
    answerOption: [{ valueInteger: 0 }, { valueInteger: 10 }, { valueString: 'many' }],
  };
  test('options of every kind', () => {
    const [item] = definitionOf(fhir([choice]), 'x.json').items;
    assert.deepEqual(
      item?.options.map(({ code, value, kind }) => [code, value, kind]),
      [
        ['0', 0, 'integer'],
        ['10', 10, 'integer'],
        ['many', 'many', 'string'],
      ],
    );
    assert.equal(item?.prompt, 'C? You can say 0, 10, or many.');
  });

  test('options of a contained value set, whose numbers are not read out but may be said', () => {
    const contains = [
      { system: 's', code: '1', display: '1 -- No difficulty' },
      { system: 's', code: '2', display: '2 -- Some difficulty' },
      { abstract: true, display: 'Other' },
    ];
    const text = fhir(
      [{ linkId: 'a', text: 'How hard is it?', type: 'choice', required: true, answerValueSet: '#scale' }],
      {
        contained: [
          {
            resourceType: 'ValueSet',
            id: 'scale',
            status: 'active',
            expansion: { timestamp: '2026-01-01', contains },
          },
        ],
      },
    );
    const definition = definitionOf(text, 'x.json');
    const call = new Conversation(definition);
    assert.equal(
      call.step.kind === 'ask' && call.step.prompt,
      'How hard is it? You can say No difficulty or Some difficulty.',
    );
    for (const words of ['some difficulty', 'two', 'number two']) {
      const again = new Conversation(definition);
      again.say(words);
      assert.equal(again.at, 'complete', words);
    }
  });

  test('help texts beside a field are not said, and a code stands in for a missing text', () => {
    const control = {
      url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
      valueCodeableConcept: { coding: [{ code: 'help' }] },
    };
    const text = fhir([
      {
        linkId: 'a',
        code: [{ code: '8302-2', display: 'Body height' }],
        type: 'decimal',
        item: [{ linkId: 'help', type: 'display', text: 'Without shoes', extension: [control] }],
      },
      { linkId: 'b', text: 'B?', type: 'text' },
    ]);
    const call = new Conversation(definitionOf(text, 'x.json'));
    assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Body height');
    call.say('seventy');
    assert.equal(call.step.kind === 'ask' && call.step.prompt, 'B?');
  });

  const spoken: [text: string, prompt: string][] = [
    ['1. How are you?', 'How are you?'],
    ['a) How are you?', 'How are you?'],
    ['2.1.3 How are you?', 'How are you?'],
    ['**How** are you? (see below)', 'How are you?'],
    ['<b>How</b> are you?', 'How are you?'],
    ['Name: ____', 'Name.'],
    ['Do you smoke (Y/N)?', 'Do you smoke?'],
    ['I feel well', 'I feel well'],
    ['Any [details](https://a.example)?', 'Any details?'],
  ];
  for (const [text, prompt] of spoken) {
    test(`"${text}" is said as "${prompt}"`, () => {
      const [item] = definitionOf(fhir([{ linkId: 'a', text, type: 'text' }]), 'x.json').items;
      assert.equal(item?.prompt, prompt);
    });
  }

  const findings: [name: string, item: QuestionnaireItem, kind: 'faults' | 'warnings', finding: RegExp][] = [
    [
      'an optional attachment',
      { linkId: 'a', text: 'A', type: 'attachment' },
      'warnings',
      /cannot be given by telephone/,
    ],
    [
      'a required attachment',
      { linkId: 'a', text: 'A', type: 'attachment', required: true },
      'faults',
      /cannot be given by telephone/,
    ],
    [
      'a required reference',
      { linkId: 'a', text: 'A', type: 'reference', required: true },
      'warnings',
      /cannot be given by telephone/,
    ],
    [
      'an option that is a reference',
      {
        linkId: 'a',
        text: 'A',
        type: 'choice',
        answerOption: [{ valueReference: { reference: 'Patient/1' } }],
      },
      'warnings',
      /a reference without a display/,
    ],
    ['a url', { linkId: 'a', text: 'A', type: 'url' }, 'warnings', /free text/],
    [
      'a required value set',
      { linkId: 'a', text: 'A', type: 'choice', required: true, answerValueSet: 'http://a.example/vs' },
      'faults',
      /cannot be listed/,
    ],
    [
      'an optional value set',
      { linkId: 'a', text: 'A', type: 'choice', answerValueSet: 'http://a.example/vs' },
      'warnings',
      /cannot be listed/,
    ],
    [
      'an expression that enables, without it',
      {
        linkId: 'a',
        text: 'A',
        type: 'text',
        extension: [
          { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression' },
        ],
      },
      'faults',
      /an expression is missing/,
    ],
    [
      'a calculated score without its expression',
      {
        linkId: 'a',
        text: 'A',
        type: 'integer',
        readOnly: true,
        extension: [
          { url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression' },
        ],
      },
      'faults',
      /an expression is missing/,
    ],
    [
      'a modifier extension',
      { linkId: 'a', text: 'A', type: 'text', modifierExtension: [{ url: 'http://a.example' }] },
      'faults',
      /modifier extension/,
    ],
    [
      'a hidden required item',
      { linkId: 'a', text: 'A', type: 'text', required: true, readOnly: true },
      'warnings',
      /stays empty/,
    ],
    [
      'exists without a boolean',
      { linkId: 'a', text: 'A', type: 'text', enableWhen: [{ question: 'z', operator: 'exists' }] },
      'faults',
      /que-7/,
    ],
  ];
  for (const [name, item, kind, finding] of findings) {
    test(`${name}: listed under ${kind}`, () => {
      const loaded = loadQuestionnaire(fhir([item, { linkId: 'z', text: 'Z', type: 'text' }]), 'x.json');
      assert.match(JSON.stringify(loaded[kind]), finding);
    });
  }

  test('item controls and other looks are no matter', () => {
    const { warnings, faults } = loadQuestionnaire(
      fhir([
        {
          linkId: 'a',
          text: 'A',
          type: 'text',
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
              valueCodeableConcept: { coding: [{ code: 'text-box' }] },
            },
          ],
        },
      ]),
      'x.json',
    );
    assert.deepEqual([faults, warnings], [[], []]);
  });
});

describe('checkQuestionnaire', () => {
  test('sums up what would be asked', () => {
    assert.deepEqual(checkQuestionnaire(newPatientText(), 'new-patient.yaml'), {
      faults: [],
      warnings: [],
      summary: { title: 'New patient intake', version: '1.0.0', questions: 10, required: 9, redFlags: 1 },
    });
  });
});
