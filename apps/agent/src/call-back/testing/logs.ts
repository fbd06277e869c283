import type { ManualClock } from '@vestibule/core';
import { CallLog, type EntryKind, type LogStore, MemoryCallKeys, type Payload } from '@vestibule/record';

export type Written = { [Kind in EntryKind]: [Kind, Payload<Kind>] }[EntryKind];

export const number = '+12125550123';
export const keys = new MemoryCallKeys();

/** A caller's own call, as the edge let it in. */
export const began = (changes: Partial<Payload<'call'>> = {}): Written => [
  'call',
  {
    ...{ tenant: 'lakeside', room: 'call-1', dialled: '+15550100100', piiCaller: number },
    edge: { attestation: 'A', verified: false },
    questionnaire: { id: 'two', url: 'https://vestibule.example/two', version: '1' },
    models: { stt: 's', llm: 'l', tts: 't' },
    ...changes,
  },
];
export const recorded: Written = ['consent', { recording: true, piiWords: 'yes' }];
export const agreed: Written = ['call-back-wish', { wish: 'agreed', piiWords: 'yes' }];
export const answer: Written = [
  'answer',
  { linkId: 'a', piiInput: { kind: 'answer', linkId: 'a', value: 'no' }, piiEvents: [] },
];
export const ended = (outcome: Payload<'end'>['outcome'] = 'partial'): Written => [
  'end',
  { outcome, by: 'caller', durationMs: 1 },
];

/** Writes a call's log as a worker would that is gone by now. */
export async function write(
  store: LogStore,
  clock: ManualClock,
  callId: string,
  entries: Written[],
): Promise<void> {
  const lease = await store.claim(callId, 'gone', 1000);
  const log = await CallLog.open(store, lease!, keys, clock);
  for (const [kind, payload] of entries) await log.append(kind, payload);
  await store.release(lease!);
}
