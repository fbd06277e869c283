import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  advance,
  type Input,
  loadQuestionnaire,
  questionnaireResponse,
  startIntake,
} from '@vestibule/questionnaire';
import { foldCall, type Manifest } from '@vestibule/record';
import { responseSchema } from '../response.ts';
import { exampleLog, exampleResponse } from '../testing/record.ts';
import { type CallRecord, enrich } from './enrichment.ts';

const log = exampleLog('call_1');
const manifest: Manifest = {
  version: 2,
  complete: true,
  callId: 'call_1',
  tenant: 'lakeside',
  startedAt: '2026-11-23T15:00:00.000Z',
  endedAt: '2026-11-23T15:00:14.000Z',
  dialled: '+15550100100',
  questionnaire: { id: 'new-patient', url: 'urn:new-patient', version: '1.0.0' },
  consent: { recording: true },
  outcome: 'handed-over',
  redFlags: [{ id: 'chest-pain', severity: 'emergency' }],
  items: { asked: 6, answered: 5 },
  objects: [],
  head: 'abc',
};
const record: CallRecord = {
  manifest,
  response: responseSchema.parse(exampleResponse),
  transcript: { version: 1, callId: 'call_1', turns: foldCall(log).turns },
  log,
};
const withoutConsent: CallRecord = {
  ...record,
  manifest: { ...manifest, consent: { recording: false } },
  transcript: undefined,
  log: log.map(({ header, hash }) => ({ header, hash })),
};

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
    const file = new URL('../../../../examples/questionnaires/new-patient.yaml', import.meta.url);
    const { definition } = loadQuestionnaire(readFileSync(file, 'utf8'), 'new-patient.yaml');
    assert.ok(definition);
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

test('codes are those of the options that were chosen, also in items under answers', () => {
  assert.deepEqual(enrich(record).codes, [
    { linkId: 'plan', system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' },
  ]);
});

describe('the quality of a call', () => {
  test('is measured on its turns and its log', () => {
    assert.deepEqual(enrich(record).quality, {
      durationMs: 14_000,
      itemsAsked: 6,
      itemsAnswered: 5,
      corrections: 1,
      invalidAnswers: 0,
      bargeIns: 1,
      takeOvers: 0,
      failedToolCalls: 1,
      errors: { 'stt-lost': 1 },
      turns: { caller: 2, agent: 3 },
      callerSpokeMs: 2000,
      agentSpokeMs: 2500,
      confidence: 0.8,
      responseMs: { median: 800, p95: 1800 },
    });
  });

  test('says nothing of what was spoken when the caller did not consent', () => {
    const { quality } = enrich(withoutConsent);
    for (const absent of ['turns', 'callerSpokeMs', 'confidence', 'responseMs', 'failedToolCalls']) {
      assert.ok(!(absent in quality), absent);
    }
    assert.equal(quality.bargeIns, 1);
  });
});

test('the same record gives the same bytes', () => {
  assert.equal(JSON.stringify(enrich(record)), JSON.stringify(enrich(structuredClone(record))));
});
