import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { CallLog } from '../log/call-log.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { MemoryLogStore } from '../store/memory-store.ts';
import {
  audioLogId,
  awaitRecording,
  finishAudio,
  forgetAudio,
  isFinished,
  openAudioLog,
} from './audio-log.ts';

const callId = 'call_1';

/** A call with its own log and key, and its audio log in a recorder's hands. */
async function begun() {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const keys = new MemoryCallKeys();
  const call = await CallLog.open(store, (await store.claim(callId, 'w1', 1e6))!, keys, clock);
  const open = async (recorder: string) => {
    const lease = (await store.claim(audioLogId(callId), recorder, 5000))!;
    return openAudioLog(store, lease, { callId, keys, clock });
  };
  const key = call.key.key;
  /** What sealing gets, time running as long as it waits. */
  const awaited = async (waitMs: number) => {
    let isDone = false;
    const result = awaitRecording(store, { callId, key, clock, waitMs }).finally(() => (isDone = true));
    const from = clock.monotonic();
    while (!isDone) await clock.advance(100);
    return { recording: await result, waited: clock.monotonic() - from };
  };
  return { clock, store, key, open, awaited };
}

const chunk = {
  ...{ fromSample: 80, samples: 8, missing: [], subscription: 's' },
  ...{ piiCaller: 'AA==', piiAgent: 'AA==' },
};
const gaps = [{ fromMs: 2000, toMs: 2500 }];

test('a file of many parts comes to sealing as it was, under the call’s key', async () => {
  const { open, awaited, store } = await begun();
  const log = await open('r1');
  await log.append('audio', chunk);
  assert.equal(isFinished(log.entries), false);
  const body = randomBytes(700_000);
  await finishAudio(log, { body, format: 'opus', startMs: 1500, gaps });
  assert.equal(isFinished(log.entries), true);
  const { recording } = await awaited(60_000);
  assert.deepEqual(recording && { ...recording, body: Buffer.from(recording.body) }, {
    body,
    format: 'opus',
    startMs: 1500,
    gaps,
  });
  const stored = JSON.stringify(await store.read(audioLogId(callId)));
  assert.equal(stored.includes(body.subarray(0, 300).toString('base64')), false);
});

test('nothing to seal is said at once; nobody who records is found out in seconds; a slow recorder has its time', async () => {
  const nothing = await begun();
  await finishAudio(await nothing.open('r1'), undefined);
  const none = await nothing.awaited(60_000);
  assert.equal(none.recording, undefined);
  assert.ok(none.waited <= 500, `${none.waited}`);

  const nobody = await begun();
  const { waited, recording } = await nobody.awaited(60_000);
  assert.equal(recording, undefined);
  assert.ok(waited >= 5000 && waited < 6000, `${waited}`);

  const slow = await begun();
  await (await slow.open('r1')).append('audio', chunk);
  const late = await slow.awaited(20_000);
  assert.equal(late.recording, undefined);
  assert.ok(late.waited >= 20_000 && late.waited < 21_000, `${late.waited}`);
});

test('a recorder that died while it handed over is followed by one that hands over whole', async () => {
  const { open, awaited, clock } = await begun();
  const first = await open('r1');
  await first.append('recording', {
    format: 'opus',
    startMs: 0,
    part: 0,
    parts: 3,
    gaps: [],
    piiBody: 'AAAA',
  });
  await clock.advance(6000);
  const second = await open('r2');
  assert.equal(isFinished(second.entries), false);
  const body = randomBytes(300_000);
  await finishAudio(second, { body, format: 'wav', startMs: 20 });
  const { recording } = await awaited(60_000);
  assert.deepEqual(Buffer.from(recording!.body), body);
  assert.equal(recording!.format, 'wav');
});

test('what is forgotten is gone', async () => {
  const { open, store } = await begun();
  await (await open('r1')).append('audio', chunk);
  await forgetAudio(store, callId);
  assert.deepEqual(await store.read(audioLogId(callId)), []);
});
