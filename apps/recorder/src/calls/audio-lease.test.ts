import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError, ManualClock } from '@vestibule/core';
import {
  audioLogId,
  CallLog,
  MemoryCallKeys,
  MemoryLogStore,
  openAudioLog,
  payloadOf,
} from '@vestibule/record';
import { OutageStore } from '@vestibule/record/testing';
import { AudioLease, leaseMs } from './audio-lease.ts';

const callId = 'call_1';
const chunk = (fromSample: number) => ({
  ...{ fromSample, samples: 8, piiCaller: '', piiAgent: '', missing: [], subscription: 's' },
});

async function held() {
  const clock = new ManualClock();
  const memory = new MemoryLogStore(clock);
  const store = new OutageStore(memory);
  const keys = new MemoryCallKeys();
  await CallLog.open(memory, (await memory.claim(callId, 'w', 1e9))!, keys, clock);
  const lease = (await AudioLease.claim(store, callId, 'first', clock))!;
  const log = await openAudioLog(store, lease.lease, { callId, keys, clock });
  const stored = async () => (await memory.read(audioLogId(callId))).length;
  return { clock, memory, store, keys, lease, log, stored };
}

test('one recorder has a call, for as long as it renews', async () => {
  const { clock, store, lease, log } = await held();
  for (let second = 0; second < 20; second++) {
    await clock.advance(1000);
    assert.equal(await lease.renew(log), log);
    assert.equal(await AudioLease.claim(store, callId, 'other', clock), undefined);
  }
  await lease.release();
  assert.ok(await AudioLease.claim(store, callId, 'other', clock));
});

test('after an outage, longer than the lease, nothing that was heard meanwhile is missing', async () => {
  const { clock, store, lease, log, stored } = await held();
  await log.append('audio', chunk(0));
  store.down = true;
  const during = [log.append('audio', chunk(8)), log.append('audio', chunk(16))];
  for (const one of during) one.catch(() => {});
  await clock.advance(leaseMs + 1000);
  assert.equal(await lease.renew(log), log);
  store.down = false;
  await clock.advance(1000);
  const resumed = await lease.renew(log);
  assert.ok(resumed && resumed !== log);
  await resumed.append('audio', chunk(24));
  assert.equal(await stored(), 4);
  const samples = resumed.entries.map((entry) => payloadOf(entry, 'audio')?.fromSample);
  assert.deepEqual(samples, [0, 8, 16, 24]);
});

test('a call that another recorder took meanwhile is left to it', async () => {
  const { clock, memory, store, lease, log } = await held();
  store.down = true;
  await clock.advance(leaseMs + 1000);
  const waiting = log.append('audio', chunk(0));
  assert.ok(await AudioLease.claim(memory, callId, 'other', clock));
  store.down = false;
  await clock.advance(1000);
  assert.equal(await lease.renew(log), undefined);
  await assert.rejects(waiting, (error) => isCodedError(error, 'fenced'));
});
