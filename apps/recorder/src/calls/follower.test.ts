import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { CallLog, MemoryCallKeys, MemoryLogStore } from '@vestibule/record';
import { CallFollower } from './follower.ts';

const callId = 'call_1';
const facts = {
  ...{ tenant: 't', room: 'r', dialled: '+15550100100' },
  edge: { decision: 'd', zone: 'z', sipCallId: 'id@x', attestation: 'A', verified: true },
  questionnaire: { id: 'q', url: 'urn:q', version: '1' },
  models: { stt: 's', llm: 'l', tts: 't' },
};

async function followed() {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const keys = new MemoryCallKeys();
  let unwrapped = 0;
  const counting = {
    unwrap: (...args: Parameters<MemoryCallKeys['unwrap']>) => {
      unwrapped += 1;
      return keys.unwrap(...args);
    },
  };
  const log = await CallLog.open(store, (await store.claim(callId, 'w', 1e6))!, keys, clock);
  const follower = new CallFollower(callId, store, counting);
  return { log, follower, clock, asked: () => unwrapped };
}

test('consent is what the last entry says; the key service is asked once, and not before there is one', async () => {
  const { log, follower, asked, clock } = await followed();
  await follower.follow();
  const beganAt = clock.now();
  await log.append('call', facts);
  await clock.advance(1000);
  await log.append('said', { piiText: 'May we record this?', source: 'script' });
  await follower.follow();
  assert.equal(follower.hasConsent, false);
  assert.equal(asked(), 0);
  await log.append('consent', { recording: true, piiWords: 'yes' });
  await follower.follow();
  assert.equal(follower.hasConsent, true);
  assert.equal(follower.beganAt, beganAt);
  assert.deepEqual((await follower.facts())?.edge, facts.edge);
  await log.append('consent', { recording: false, piiWords: '' });
  await follower.follow();
  assert.equal(follower.hasConsent, false);
  assert.equal(asked(), 1);
});

for (const ending of ['hang-up', 'end'] as const)
  test(`a call is over at its ${ending}`, async () => {
    const { log, follower } = await followed();
    await log.append('call', facts);
    await follower.follow();
    assert.equal(follower.isOver, false);
    await (ending === 'hang-up'
      ? log.append(ending, { by: 'caller' })
      : log.append(ending, { outcome: 'partial', by: 'fault', durationMs: 1 }));
    await follower.follow();
    assert.equal(follower.isOver, true);
  });

test('a key service that is out of reach is asked again, and no entry is passed over', async () => {
  const { log, clock } = await followed();
  await log.append('call', facts);
  await log.append('consent', { recording: true, piiWords: 'yes' });
  const store = new MemoryLogStore(clock);
  let attempts = 0;
  const follower = new CallFollower(
    callId,
    {
      read: async (_, from = 0) => log.entries.slice(from),
      wrappedKey: () => store.wrappedKey('x'),
    },
    { unwrap: () => Promise.reject(new Error(`attempt ${++attempts}`)) },
  );
  await assert.rejects(follower.follow(), /attempt 1/);
  await assert.rejects(follower.follow(), /attempt 2/);
  assert.equal(follower.hasConsent, false);
});
