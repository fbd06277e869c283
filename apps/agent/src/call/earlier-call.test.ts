import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { loadConfig } from '@vestibule/config';
import { ManualClock } from '@vestibule/core';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, type EntryKind, MemoryCallKeys, MemoryLogStore, type Payload } from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import type { ParticipantInfo, RoomServiceClient } from 'livekit-server-sdk';
import { configWith } from '../call-back/testing/deployment.ts';
import type { CallFacts } from './caller.ts';
import { findEarlierCall } from './earlier-call.ts';
import { LastCalls } from './last-calls.ts';

const config = await loadConfig('vestibule.yaml');
const { definition } = loadQuestionnaire(
  `{ id: one, url: 'https://vestibule.example/fhir/Questionnaire/one', title: One, version: '1', items: [{ id: pain, ask: Pain?, type: boolean }] }`,
  'one.yaml',
);
assert.ok(definition);
const { id, url, version } = definition;
const questionnaire = { id, url, version };
const answer = { kind: 'answer', linkId: 'pain', value: 'no', words: 'no' };
type Written = { [Kind in EntryKind]: [Kind, Payload<Kind>] }[EntryKind];
const cutOff: Written[] = [
  ['consent', { recording: true, piiWords: 'yes' }],
  ['answer', { linkId: 'pain', piiInput: answer, piiEvents: [] }],
];

let redis: { url: string; stop: () => Promise<void> };
let lastCalls: LastCalls;
let caller = 200;
before(async () => {
  redis = await startRedis();
  lastCalls = await LastCalls.connect(redis.url, 's'.repeat(32), 3_600_000, () => {});
});
after(async () => {
  lastCalls.close();
  await redis.stop();
});

interface Second {
  facts?: Partial<CallFacts>;
  edge?: Partial<CallFacts['edge']>;
  afterMs?: number;
  callerIsThere?: boolean;
  questionnaire?: { id: string; url: string; version: string };
  /** They were called back in between. */
  calledBack?: Written[];
}

/** One call with these entries, and then another of the same caller: what it finds. */
async function found(entries: Written[], second: Second = {}) {
  const clock = new ManualClock(Date.parse('2026-11-26T08:00:00Z'));
  const store = new MemoryLogStore(clock);
  const keys = new MemoryCallKeys();
  const participant = {
    kind: ParticipantInfo_Kind.SIP,
    identity: 'sip_1',
    attributes: { 'sip.callStatus': 'active' },
  } as unknown as ParticipantInfo;
  const present = second.callerIsThere ? [participant] : [];
  const rooms = { listParticipants: () => Promise.resolve(present) } as unknown as RoomServiceClient;
  const { callBacks } = configWith('');
  const d = { store, keys, rooms, clock, config: { ...config, callBacks }, lastCalls };
  const facts: CallFacts = {
    callId: 'first',
    room: 'room',
    identity: 'sip',
    dialled: '+15550100100',
    caller: `+15550100${(caller += 1)}`,
    edge: { attestation: 'A', verified: true, ...second.edge },
  };
  await findEarlierCall(d, facts, definition!);
  const lease = await store.claim('first', 'w', Infinity);
  const log = await CallLog.open(store, lease!, keys, clock);
  const { dialled, caller: piiCaller, edge, room } = facts;
  const models = { stt: 's', llm: 'l', tts: 't' };
  const call = { tenant: 't', room, dialled, piiCaller: piiCaller!, edge, models };
  await log.append('call', { ...call, questionnaire: second.questionnaire ?? questionnaire });
  for (const [kind, payload] of entries) await log.append(kind, payload);
  if (second.calledBack) {
    const called = await store.claim('CB2-first', 'w', Infinity);
    const its = await CallLog.open(store, called!, keys, clock);
    await its.append('call', { ...call, questionnaire });
    for (const [kind, payload] of second.calledBack) await its.append(kind, payload);
  }
  await clock.advance(second.afterMs ?? 60_000);
  return findEarlierCall(d, { ...facts, callId: 'second', ...second.facts }, definition!);
}

test('a verified caller who was cut off is known again, with what they answered', async () => {
  const expected = { callId: 'first', piiInputs: [answer] };
  assert.deepEqual(await found(cutOff), expected);
  const end: Written = ['end', { outcome: 'partial', by: 'fault', durationMs: 1 }];
  assert.deepEqual(await found([...cutOff, end]), expected);
});

test('one who was called back and cut off again goes on from there', async () => {
  const more: Written[] = [
    ...cutOff,
    ['answer', { linkId: 'pain', piiInput: { ...answer, value: 'yes' }, piiEvents: [] }],
  ];
  const earlier = await found(cutOff, { calledBack: more });
  assert.deepEqual([earlier?.callId, earlier?.piiInputs.length], ['CB2-first', 2]);
});

const otherwise: [string, Written[], Second?][] = [
  ['whose number the edge does not vouch for', cutOff, { edge: { verified: false } }],
  ['who withholds their number', cutOff, { facts: { caller: undefined } }],
  ['who calls another number', cutOff, { facts: { dialled: '+15550100101' } }],
  ['who calls too late', cutOff, { afterMs: 61 * 60_000 }],
  ['whose other call is still on', cutOff, { callerIsThere: true }],
  ['whose questionnaire has changed', cutOff, { questionnaire: { ...questionnaire, version: '0' } }],
  ['who answered nothing', cutOff.slice(0, 1)],
  ['who did not consent', [['consent', { recording: false, piiWords: '' }], ...cutOff.slice(1)]],
  ['whose call was complete', [...cutOff, ['end', { outcome: 'complete', by: 'agent', durationMs: 1 }]]],
  [
    'who was called back and is through',
    cutOff,
    { calledBack: [...cutOff, ['end', { outcome: 'complete', by: 'agent', durationMs: 1 }]] },
  ],
  ['who wanted to stop', [...cutOff, ['hand-over', { reason: 'wants-to-stop' }]]],
];
for (const [who, entries, second] of otherwise)
  test(`a caller begins anew ${who}`, async () => assert.equal(await found(entries, second), undefined));

test('the store knows callers by a keyed hash alone', async () => {
  const { createClient } = await import('redis');
  const client = createClient({ url: redis.url });
  await client.connect();
  const names = await client.keys('*');
  client.destroy();
  assert.ok(names.length > 0);
  assert.doesNotMatch(names.join(), /15550100/);
});
