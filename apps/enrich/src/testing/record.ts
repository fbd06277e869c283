import {
  type Entry,
  type EntryKind,
  foldCall,
  genesis,
  type Manifest,
  nextEntry,
  type Payload,
  spokenKinds,
} from '@vestibule/record';
import type { CallRecord } from '../enrichment/enrichment.ts';
import { type IntakeResponse, responseSchema } from '../response.ts';

type Step = { [Kind in EntryKind]: readonly [Kind, Payload<Kind>] }[EntryKind];

const startedAt = Date.UTC(2026, 10, 23, 15, 0, 0);

/** A chained log of these entries, one a second. */
export function logOf(callId: string, steps: readonly Step[]): Entry[] {
  const entries: Entry[] = [];
  for (const [seq, [kind, payload]] of steps.entries()) {
    const at = new Date(startedAt + seq * 1000).toISOString();
    const place = { callId, seq, at, writer: 'test', fence: 1, previous: entries.at(-1)?.hash ?? genesis };
    entries.push(
      nextEntry(place, kind, payload as Payload<EntryKind>, {
        outer: '00'.repeat(16),
        inner: '11'.repeat(16),
      }),
    );
  }
  return entries;
}

/** A short call: a question asked and answered twice (corrected), one barge-in, a red flag that reached staff, a tool that failed. */
export function exampleLog(callId: string, { consent = true } = {}): Entry[] {
  const spoke = (startMs: number, endMs: number) => ({ startMs, endMs });
  return logOf(callId, [
    [
      'call',
      {
        tenant: 'lakeside',
        room: 'call-_+15550100123_x',
        dialled: '+15550100100',
        edge: { attestation: 'A', verified: true },
        questionnaire: { id: 'new-patient', url: 'urn:new-patient', version: '1.0.0' },
        models: { stt: 's', llm: 'l', tts: 't' },
      },
    ],
    ['consent', { recording: consent, piiWords: 'yes' }],
    ['played', { piiText: 'Why are you calling?', interrupted: true, ...spoke(0, 1000) }],
    ['barge-in', { atMs: 900 }],
    ['final', { piiText: 'my knee hurts on the stairs', confidence: 0.9, ...spoke(1200, 2200) }],
    ['answer', { linkId: 'reason', piiInput: {}, piiEvents: [{ kind: 'answered' }] }],
    ['played', { piiText: 'Thank you.', interrupted: false, ...spoke(3000, 3500) }],
    ['final', { piiText: 'and chest pain', confidence: 0.7, ...spoke(4000, 5000) }],
    ['answer', { linkId: 'reason', piiInput: {}, piiEvents: [{ kind: 'corrected' }] }],
    ['red-flag', { id: 'chest-pain', severity: 'emergency', action: 'hand-over', lane: 'phrase' }],
    ['tool-call', { id: 't0', name: 'create_case', piiArguments: {}, key: `${callId}:chest-pain` }],
    [
      'tool-result',
      {
        id: 't0',
        name: 'create_case',
        key: `${callId}:chest-pain`,
        piiResult: {},
        failed: false,
        durationMs: 300,
      },
    ],
    ['tool-call', { id: 't1', name: 'find_patient', piiArguments: {}, key: 'k' }],
    [
      'tool-result',
      { id: 't1', name: 'find_patient', key: 'k', piiResult: {}, failed: true, durationMs: 4000 },
    ],
    ['error', { part: 'stt', code: 'stt-lost' }],
    ['played', { piiText: 'I will get someone.', interrupted: false, ...spoke(6800, 7800) }],
    ['end', { outcome: 'handed-over', by: 'agent', durationMs: 8000 }],
  ]);
}

export const exampleResponse: IntakeResponse & Record<string, unknown> = {
  resourceType: 'QuestionnaireResponse',
  id: 'call_1',
  questionnaire: 'urn:new-patient|1.0.0',
  status: 'in-progress',
  authored: '2026-11-23T15:00:16.000Z',
  item: [
    {
      linkId: 'about',
      item: [
        { linkId: 'name', text: 'What is your name?', answer: [{ valueString: 'Maria Alvarez' }] },
        { linkId: 'birth-date', text: 'Date of birth?', answer: [{ valueDate: '1984-03-12' }] },
      ],
    },
    {
      linkId: 'reason',
      text: 'Why are you calling?',
      answer: [{ valueString: 'My knee hurts on the stairs' }],
    },
    {
      linkId: 'insured',
      text: 'Are you insured?',
      answer: [
        {
          valueBoolean: true,
          item: [
            {
              linkId: 'plan',
              text: 'Which plan?',
              answer: [{ valueCoding: { system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' } }],
            },
          ],
        },
      ],
    },
    { linkId: 'weight', text: 'Weight?', answer: [{ valueQuantity: { value: 150, unit: 'pounds' } }] },
    { linkId: 'pharmacy', text: 'Which pharmacy?' },
  ],
};

/** What sealing makes of that call, as enrichment reads it back. */
export function exampleRecord(callId: string, { consent = true } = {}): CallRecord {
  const log = exampleLog(callId, { consent });
  const manifest: Manifest = {
    version: 2,
    complete: true,
    callId,
    tenant: 'lakeside',
    startedAt: '2026-11-23T15:00:00.000Z',
    endedAt: '2026-11-23T15:00:16.000Z',
    dialled: '+15550100100',
    questionnaire: { id: 'new-patient', url: 'urn:new-patient', version: '1.0.0' },
    consent: { recording: consent },
    outcome: 'handed-over',
    redFlags: [{ id: 'chest-pain', severity: 'emergency' }],
    items: { asked: 6, answered: 5 },
    objects: [],
    head: 'abc',
  };
  return {
    manifest,
    response: responseSchema.parse(exampleResponse),
    resource: exampleResponse,
    root: { root: 'ab'.repeat(32), size: log.length, at: '2026-11-23T15:00:17.000Z' },
    transcript: consent ? { version: 1, callId, turns: foldCall(log).turns } : undefined,
    log: log.map((entry) =>
      consent || !spokenKinds.has(entry.header.kind) ? entry : { header: entry.header, hash: entry.hash },
    ),
  };
}
