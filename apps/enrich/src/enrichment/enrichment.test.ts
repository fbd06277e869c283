import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { advance, type Input, questionnaireResponse, startIntake } from '@vestibule/questionnaire';
import { responseSchema } from '../response.ts';
import { readQuestionnaires } from '../questionnaires.ts';
import { exampleRecord, logOf } from '../testing/record.ts';
import { enrich } from './enrichment.ts';

const record = exampleRecord('call_1');
const withoutConsent = exampleRecord('call_1', { consent: false });
const questionnaires = readQuestionnaires(
  fileURLToPath(new URL('../../../../examples/questionnaires', import.meta.url)),
);
const known = (id: string) =>
  [...questionnaires.values()].find(({ definition }) => definition.id === id) ?? assert.fail(id);
const newPatient = known('new-patient');

describe('the summary', () => {
  test('holds the reason, every answer as a person would write it, and the red flags first', () => {
    const { reason, text, redFlags } = enrich(record).summary;
    assert.equal(reason, 'My knee hurts on the stairs');
    assert.deepEqual(redFlags, [{ id: 'chest-pain', severity: 'emergency' }]);
    assert.deepEqual(text.split('\n'), [
      'RED FLAG (emergency): chest-pain',
      'Intake new-patient 1.0.0: handed-over, 5 of 6 questions answered.',
      'What is your name? Maria Alvarez',
      'Date of birth? 1984-03-12',
      'Why are you calling? My knee hurts on the stairs',
      'Are you insured? yes',
      'Which plan? Bluewater Health',
      'Weight? 150 pounds',
    ]);
  });

  test('tells what the engine says of declined, unknown and open questions apart from answers', () => {
    const { definition } = newPatient;
    const answer = (linkId: string, words: string): Input => ({
      kind: 'answer',
      linkId,
      value: words,
      words,
    });
    const inputs: Input[] = [
      answer('caller', 'myself'),
      answer('callback-number', 'five five five, oh one zero, oh one two three'),
      { kind: 'unknown', linkId: 'reason' },
      { kind: 'decline', linkId: 'allergies' },
      answer('takes-medicines', 'no'),
    ];
    let { state } = startIntake(definition);
    for (const input of inputs) ({ state } = advance(definition, state, input, { today: '2026-11-23' }));
    const authored = '2026-11-23T15:00:00Z';
    const response = responseSchema.parse(
      questionnaireResponse(definition, state, { authored, ended: true }),
    );
    const { summary, codes } = enrich({ ...record, response });
    const why = Object.fromEntries(summary.open.map((one) => [one.linkId, one.why]));
    assert.equal(summary.reason, undefined);
    assert.deepEqual(
      [why['reason'], why['allergies'], why['preferred-time']],
      ['not known', 'declined', 'not asked'],
    );
    assert.deepEqual(
      codes.map(({ linkId, code }) => [linkId, code]),
      [['caller', 'self']],
    );
    assert.match(summary.text, /\nAre you calling for yourself, or for someone else\? myself\n/);
    assert.match(summary.text, /\n\d not asked\.$/);
    assert.match(summary.text, /allerg[^\n]+ \(declined\)/i);
    assert.doesNotMatch(JSON.stringify(summary), /"(answer|reason|why)":""/);
  });

  test('takes no answer for the reason when no item is named so: it may be a name', () => {
    const of = (linkId: string, valueString: string) => ({
      ...record,
      response: { ...record.response, item: [{ linkId, answer: [{ valueString }] }] },
    });
    assert.equal(enrich(of('q1', 'Maria Lopez Garcia')).summary.reason, undefined);
    assert.equal(enrich(of('reason', 'a sore throat')).summary.reason, 'a sore throat');
  });
});

describe('codes', () => {
  test('are those of the options that were chosen, also in items under answers', () => {
    assert.deepEqual(enrich(record).codes, [
      { linkId: 'plan', system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' },
    ]);
  });

  test('of a LOINC questionnaire are the question’s and the answer’s, with its score', () => {
    const valueCoding = { system: 'http://loinc.org', code: 'LA6570-1', display: 'More than half the days' };
    const item = [{ linkId: 'phq', item: [{ linkId: '/44250-9', answer: [{ valueCoding }] }] }];
    const { codes, questions } = enrich(
      { ...record, response: { ...record.response, item } },
      known('phq-2'),
    );
    assert.deepEqual(codes, [{ linkId: '/44250-9', ...valueCoding, score: 2 }]);
    assert.deepEqual(questions, [
      {
        linkId: '/44250-9',
        system: 'http://loinc.org',
        code: '44250-9',
        display: 'Little interest or pleasure in doing things in last 2 weeks',
        answer: 'More than half the days',
      },
    ]);
  });

  test('of a quantity are its unit’s, with the value', () => {
    const valueQuantity = { value: 2, unit: 'weeks', system: 'http://unitsofmeasure.org', code: 'wk' };
    const response = { ...record.response, item: [{ linkId: 'q', answer: [{ valueQuantity }] }] };
    assert.deepEqual(enrich({ ...record, response }).codes, [
      { linkId: 'q', system: 'http://unitsofmeasure.org', code: 'wk', value: 2 },
    ]);
  });
});

describe('red flags', () => {
  test('are told once each, with when they were raised and when staff knew', () => {
    assert.deepEqual(enrich(record, newPatient).redFlags, [
      {
        id: 'chest-pain',
        severity: 'emergency',
        action: 'hand-over',
        lane: 'phrase',
        atMs: 9000,
        staff: 'told',
        toldAt: '2026-11-23T15:00:11.000Z',
        toldAfterMs: 2000,
      },
    ]);
  });

  test('that reached nobody say so, also to staff', () => {
    const log = record.log.filter(({ header }) => header.kind !== 'tool-result');
    const { redFlags, summary } = enrich({ ...record, log });
    assert.equal(redFlags[0]?.staff, 'not-told');
    assert.match(summary.text, /^RED FLAG \(emergency\): chest-pain, staff were not told during the call\n/);
  });

  test('are known without consent, but not whether anybody was told', () => {
    const [flag] = enrich(withoutConsent, newPatient).redFlags;
    assert.deepEqual([flag?.id, flag?.staff], ['chest-pain', 'not-known']);
  });

  test('that only the final transcript shows are found by a second reading', () => {
    const { redFlags, summary, reviewed } = enrich(
      { ...record, log: record.log.filter(({ header }) => header.kind !== 'red-flag') },
      newPatient,
    );
    assert.equal(reviewed, true);
    assert.deepEqual(redFlags, [
      {
        id: 'chest-pain',
        severity: 'urgent',
        lane: 'review',
        linkId: 'chest-pain',
        atMs: 4000,
        staff: 'not-told',
      },
    ]);
    assert.match(summary.text, /^POSSIBLE RED FLAG \(urgent\), found after the call: chest-pain\n/);
    assert.equal(enrich({ ...record, log: [] }).reviewed, false, 'without the questionnaire there is none');
  });
});

describe('the quality of a call', () => {
  test('is measured on its turns and its log', () => {
    assert.deepEqual(enrich(record).quality, {
      durationMs: 16_000,
      itemsAsked: 6,
      itemsAnswered: 5,
      itemsDeclined: 0,
      itemsUnknown: 0,
      itemsUnusable: 0,
      itemsNotAsked: 0,
      bargeIns: 1,
      silentTurns: 0,
      takeOvers: 0,
      errors: { 'stt-lost': 1 },
      corrections: 1,
      invalidAnswers: 0,
      retries: {},
      obtainedBy: {},
      readBacks: 0,
      rejectedReadBacks: 0,
      toolCalls: 2,
      failedToolCalls: 1,
      toolMs: { count: 2, median: 300, p90: 4000, p95: 4000, max: 4000 },
      greetingMs: 0,
      turns: { caller: 2, agent: 3 },
      callerSpokeMs: 2000,
      agentSpokeMs: 2500,
      callerShare: 0.444,
      overlapMs: 0,
      agentCutIns: 0,
      silence: { totalMs: 3300, longestMs: 1800, long: 0, share: 0.423 },
      confidence: 0.8,
      lowestConfidence: 0.7,
      unsureTurns: 0,
      responseMs: { count: 2, median: 800, p90: 1800, p95: 1800, max: 1800 },
    });
  });

  test('says which questions callers stumble over, how answers came, and how long the model took', () => {
    const invalid = { kind: 'invalid', linkId: 'birth-date', problem: 'x', code: 'incomplete' };
    const output = { piiText: '', toolCalls: [], usage: { promptTokens: 100, completionTokens: 10 } };
    const log = logOf('call_1', [
      ['answer', { piiInput: {}, piiEvents: [invalid], obtained: { by: 'model-tool' } }],
      [
        'answer',
        { piiInput: {}, piiEvents: [invalid, { kind: 'declined', linkId: 'x' }], readBack: 'rejected' },
      ],
      ['answer', { piiInput: {}, piiEvents: [], obtained: { by: 'keypad' }, readBack: 'owed' }],
      ['turn', { by: 'silence' }],
      ['turn', { by: 'speech' }],
      ['output', { ...output, durationMs: 200 }],
      ['output', { ...output, durationMs: 900 }],
    ]);
    const { retries, invalidAnswers, modelMs, tokens, ...others } = enrich({ ...record, log }).quality;
    assert.deepEqual(others.obtainedBy, { keypad: 1, 'model-tool': 1 });
    assert.deepEqual([others.readBacks, others.rejectedReadBacks, others.silentTurns], [1, 1, 1]);
    assert.deepEqual([retries, invalidAnswers], [{ 'birth-date': 2 }, 2]);
    assert.deepEqual(modelMs, { count: 2, median: 200, p90: 900, p95: 900, max: 900 });
    assert.deepEqual(tokens, { prompt: 200, completion: 20 });
  });

  test('says nothing of what was spoken when the caller did not consent', () => {
    const { quality } = enrich(withoutConsent);
    for (const absent of [
      'turns',
      'silence',
      'confidence',
      'responseMs',
      'failedToolCalls',
      'retries',
      'modelMs',
    ]) {
      assert.ok(!(absent in quality), absent);
    }
    assert.equal(quality.bargeIns, 1);
  });
});

test('a folder with a faulty questionnaire is refused, with every fault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-questionnaires-'));
  writeFileSync(join(folder, 'bad.yaml'), 'id: bad\n');
  assert.throws(() => readQuestionnaires(folder), /invalid-environment: .*bad\.yaml/s);
  assert.throws(() => readQuestionnaires(join(folder, 'none')), /VESTIBULE_QUESTIONNAIRES/);
  rmSync(folder, { recursive: true });
});

test('the same record gives the same bytes', () => {
  assert.equal(JSON.stringify(enrich(record)), JSON.stringify(enrich(structuredClone(record))));
});
