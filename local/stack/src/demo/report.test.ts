import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '@vestibule/record';
import { reportLines } from './report.ts';
import { responseRows } from './response-rows.ts';

const absent = (reason: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: reason }],
});

test('a QuestionnaireResponse becomes rows: values, codings, several answers, nested items, reasons for none', () => {
  const rows = responseRows({
    resourceType: 'QuestionnaireResponse',
    item: [
      { linkId: 'name', text: 'Name?', answer: [{ valueString: 'Ruth' }] },
      { linkId: 'pain', text: 'Pain?', answer: [{ valueBoolean: false, item: [] }] },
      { linkId: 'time', text: 'When?', answer: [{ valueCoding: { code: 'am', display: 'morning' } }] },
      { linkId: 'drugs', text: 'Which?', answer: [{ valueString: 'a' }, { valueString: 'b' }] },
      { linkId: 'phone', text: 'Number?', answer: [{ _valueString: absent('asked-declined') }] },
      { linkId: 'size', text: 'Size?', answer: [{ valueQuantity: absent('not-asked') }] },
      {
        linkId: 'group',
        text: 'More',
        item: [{ linkId: 'inner', text: 'Inner?', answer: [{ valueInteger: 3 }] }],
      },
    ],
  });
  assert.deepEqual(
    rows.map(({ item, answer }) => `${item}=${answer}`),
    ['name=Ruth', 'pain=no', 'time=morning', 'drugs=a, b', 'phone=(declined)', 'size=(not-asked)', 'inner=3'],
  );
});

const manifest: Manifest = {
  version: 2,
  complete: true,
  callId: 'c1',
  tenant: 'lakeside',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:01:00Z',
  dialled: '+15550100100',
  questionnaire: { id: 'new-patient', url: 'u', version: '1' },
  consent: { recording: true },
  outcome: 'complete',
  redFlags: [],
  items: { asked: 10, answered: 9 },
  objects: [],
  head: '',
};

test('the report names the outcome, latencies, files and stand-ins, within the width', () => {
  const lines = reportLines(
    {
      manifest,
      rows: [{ item: 'birth-date', question: 'What is the date of birth?', answer: '1985-03-03' }],
      enriched: true,
      redFlags: [{ id: 'chest-pain', severity: 'high', action: 'hand over' }],
      latencies: { inviteToAnswerMs: 402, turnsMs: [700, 900.4], turnP50Ms: 700, turnP95Ms: 900.4 },
      firstRingMs: 21_340,
      files: [['record', 's3://vestibule-archive/lakeside/2026/01/01/c1/']],
      standIns: [['SIP bridge', 'the official LiveKit SIP service']],
      personas: ['examples/personas/plain.yaml'],
    },
    { columns: 60, colour: false },
  );
  const text = lines.join('\n');
  for (const part of [
    'Intake: complete, 9 of 10 asked items answered',
    '1985-03-03',
    'chest-pain (high) → hand over',
    'first ring     21.3 s',
    '402 ms',
    '700 ms / 900 ms',
    '1: 700, 2: 900',
    'SIP bridge, for the official LiveKit SIP service',
    'make demo PERSONA=FILE',
  ]) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(
    lines.every((line) => line.length <= 60),
    lines.filter((line) => line.length > 60).join('\n'),
  );
});
