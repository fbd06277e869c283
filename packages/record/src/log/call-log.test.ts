import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { OutageStore } from '../testing/outage-store.ts';
import { chainFault } from '../verify/chain-faults.ts';
import { CallLog, type Receipt } from './call-log.ts';

const minute = 60_000;
const code = (wanted: string) => (error: unknown) => isCodedError(error, wanted);
const keys = new MemoryCallKeys();

/** A call with `size` durable entries, its store, and what appends one more. */
async function liveCall(size: number) {
  const store = new OutageStore();
  const claim = async (worker = 'w1') => {
    const lease = await store.claim('c', worker, minute);
    assert.ok(lease);
    return lease;
  };
  const lease = await claim();
  const log = await CallLog.open(store, lease, keys);
  const append = () => log.append('barge-in', { atMs: log.entries.length });
  for (let i = 0; i < size; i++) await append();
  const stored = async () => (await store.read('c')).map(({ hash }) => hash);
  const own = () => log.entries.map(({ hash }) => hash);
  return { store, claim, lease, log, append, stored, own };
}

/** Whether a promise has settled by the time that everything else at hand is done. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => false,
    () => false,
  );
  const turn = new Promise<boolean>((resolve) => setImmediate(() => resolve(true)));
  return Promise.race([settled, turn]);
}

test('appends that find the store out of reach stay pending, and resolve in order once it is back', async () => {
  const { store, lease, log, append, stored, own } = await liveCall(2);
  store.down = true;
  const order: number[] = [];
  const receipts = [append(), append()].map((receipt) =>
    receipt.then((r: Receipt) => (order.push(r.seq), r)),
  );
  assert.equal(await isPending(Promise.race(receipts)), true);
  assert.equal(log.suspended, true);
  store.down = false;
  receipts.push(append());
  assert.equal(await isPending(receipts[2]!), true, 'a suspended log sends nothing');
  await log.rejoin(lease);
  await Promise.all(receipts);
  assert.deepEqual(order, [2, 3]);
  assert.deepEqual(await stored(), own());
  assert.equal(log.suspended, false);
  await append();
});

test('acknowledged entries that a new primary lacks are appended again, and the log goes on', async () => {
  const { store, claim, log, append, stored, own } = await liveCall(5);
  const root = log.durable;
  log.suspend();
  const pending = append();
  await store.failOver('c', 2);
  await log.rejoin(await claim());
  assert.equal((await pending).seq, 5);
  assert.equal((await append()).seq, 6);
  assert.deepEqual(await stored(), own());
  assert.equal(chainFault(await store.read('c')), undefined);
  assert.equal(root.size, 5);
  assert.equal(log.durable.size, 7);
});

test('more entries than are sent at once are appended again in order', async () => {
  const { store, claim, log, stored, own } = await liveCall(200);
  await store.failOver('c', 0);
  await log.rejoin(await claim());
  assert.deepEqual(await stored(), own());
});

test('a call’s key that the new primary lacks is kept again; another key is a fork', async () => {
  const { store, claim, log } = await liveCall(1);
  const wrapped = await store.wrappedKey('c');
  await store.failOver('c', 1, { key: false });
  await log.rejoin(await claim());
  assert.equal(await store.wrappedKey('c'), wrapped);
  await store.failOver('c', 1, { key: false });
  const lease = await claim();
  await store.keepKey(lease, 'another');
  await assert.rejects(log.rejoin(lease), code('fork'));
});

test('a store that holds what this log does not know is a fork: all that is pending fails', async () => {
  const { store, claim, log, append, stored } = await liveCall(2);
  log.suspend();
  const pending = append();
  const failed = assert.rejects(pending, code('fork'));
  await store.failOver('c', 1);
  const other = await claim('w2');
  await (await CallLog.open(store, other, keys)).append('take-over', { from: 'w1', reason: 'lease ended' });
  await store.release(other);
  const before = await stored();
  await assert.rejects(log.rejoin(await claim()), code('fork'));
  await failed;
  await assert.rejects(append(), code('fork'));
  assert.deepEqual(await stored(), before);
});

test('a store that goes back to an older state while the lease is in force is brought up to date at once', async () => {
  const { store, claim, log, append, stored, own } = await liveCall(3);
  // The lease that the new primary will know: the same claim, as if it had been replicated.
  await store.failOver('c', 3);
  await log.rejoin(await claim());
  await store.failOver('c', 1);
  await claim();
  assert.equal((await append()).seq, 3);
  assert.deepEqual(await stored(), own());
});

test('an entry that was stored, and only its answer lost, is not doubled', async () => {
  const { store, lease, log, append, stored, own } = await liveCall(1);
  store.down = 'late';
  const receipts = [append(), append()];
  assert.equal(await isPending(Promise.race(receipts)), true);
  store.down = false;
  await log.rejoin(lease);
  await Promise.all(receipts);
  assert.deepEqual(await stored(), own());
});

test('an entry that arrives late, while it is appended again, is not doubled', async () => {
  const { store, lease, log, append, stored, own } = await liveCall(1);
  store.down = true;
  const receipts = [append(), append()];
  assert.equal(await isPending(Promise.race(receipts)), true);
  store.down = false;
  const send = store.append.bind(store);
  let late = false;
  store.append = async (by, entry) => {
    if (!late) {
      late = true;
      await send(by, entry);
    }
    return send(by, entry);
  };
  await log.rejoin(lease);
  await Promise.all(receipts);
  assert.deepEqual(await stored(), own());
});

test('a rejoin that fails by the store leaves the log suspended, and the next one succeeds', async () => {
  const { store, claim, lease, log, append, stored, own } = await liveCall(1);
  store.down = true;
  const pending = append();
  await assert.rejects(log.rejoin(lease), code('unreachable'));
  await store.failOver('c', 0);
  await assert.rejects(log.rejoin(lease), code('fenced'));
  assert.equal(log.suspended, true);
  assert.equal(await isPending(pending), true);
  await log.rejoin(await claim());
  await pending;
  assert.deepEqual(await stored(), own());
});

test('a log that is suspended while it rejoins stays suspended', async () => {
  const { lease, log, append } = await liveCall(1);
  const rejoined = log.rejoin(lease);
  await Promise.resolve();
  log.suspend();
  await rejoined;
  const pending = append();
  assert.equal(await isPending(pending), true);
  await log.rejoin(lease);
  await pending;
});

test('a log that is given up fails what is pending and all after it', async () => {
  const { store, claim, log, append, stored } = await liveCall(1);
  log.suspend();
  const pending = append();
  const failed = assert.rejects(pending, /another worker/);
  log.abandon(new Error('another worker holds the call'));
  await failed;
  await assert.rejects(append(), /another worker/);
  await store.failOver('c', 1);
  await assert.rejects(log.rejoin(await claim()), /another worker/);
  assert.equal((await stored()).length, 1);
});
