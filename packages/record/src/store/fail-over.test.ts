import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isCodedError, newId } from '@vestibule/core';
import { CallLog } from '../log/call-log.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { type RedisServer, startRedis } from '../testing/redis-server.ts';
import { type Replicated, startReplicated } from '../testing/redis-sentinels.ts';
import { until } from '../testing/until.ts';
import { chainFault } from '../verify/chain-faults.ts';
import { RedisLogStore } from './redis-store.ts';
import type { Lease, LogStore } from './store.ts';

const leaseMs = 1500;
const keys = new MemoryCallKeys();
const code = (wanted: string) => (error: unknown) => isCodedError(error, wanted);

/** What the owner of a call does once its store is back: renew, or claim when its lease has ended. */
async function regain(store: LogStore, lease: Lease): Promise<Lease | undefined> {
  try {
    await store.renew(lease, leaseMs);
    return lease;
  } catch (error) {
    if (!isCodedError(error, 'fenced')) throw error;
    return store.claim(lease.callId, lease.worker, leaseMs);
  }
}

/** A call of `worker` with three durable entries. */
async function openCall(store: LogStore, worker = 'w1') {
  const callId = newId('call');
  const lease = await store.claim(callId, worker, leaseMs);
  assert.ok(lease);
  const log = await CallLog.open(store, lease, keys);
  const append = (count: number) =>
    Promise.all(Array.from({ length: count }, () => log.append('barge-in', { atMs: log.entries.length })));
  await append(3);
  return { callId, lease, log, append };
}

async function assertHolds(store: LogStore, log: CallLog): Promise<void> {
  const stored = await store.read(log.callId);
  assert.deepEqual(
    stored.map(({ hash }) => hash),
    log.entries.map(({ hash }) => hash),
  );
  assert.equal(chainFault(stored), undefined);
}

describe('fail-over by Sentinel', () => {
  let redis: Replicated;
  let store: RedisLogStore;
  let stores: RedisLogStore[];
  const connect = async (url: string) => {
    const connected = await RedisLogStore.connect(url, () => {});
    stores.push(connected);
    return connected;
  };
  beforeEach(async () => {
    stores = [];
    redis = await startReplicated();
    store = await connect(redis.url);
  });
  afterEach(async () => {
    await Promise.all(stores.map((each) => each.close()));
    await redis.stop();
  });

  test('entries that were acknowledged and that the new primary lacks are appended again, and the call goes on', async () => {
    const { lease, log, append } = await openCall(store);
    await redis.replicated();
    await redis.cutReplication();
    const lost = await append(3);
    assert.equal(lost.length, 3);
    await redis.first.kill();
    const pending = append(2);
    const regained = await until('a lease', () => regain(store, lease));
    assert.equal(log.suspended, true);
    assert.equal((await store.read(log.callId)).length, 3, 'the new primary lacks what was acknowledged');
    await log.rejoin(regained);
    assert.deepEqual(
      (await pending).map(({ seq }) => seq),
      [6, 7],
    );
    await append(1);
    await assertHolds(store, log);
    // What the old primary still has gives way: it becomes a replica.
    await redis.first.restart();
    const old = await connect(redis.first.url);
    const isReplica = async () => {
      await assertHolds(old, log);
      return true;
    };
    // Sentinel sees to it when it gets round to it: about ten seconds, and as long again when its first attempt fails.
    await until('the old primary has the same log', isReplica, 60_000);
  });

  test('a call that another worker took over meanwhile is lost to its owner, and its log is not mixed', async () => {
    const { lease, log, append, callId } = await openCall(store);
    await redis.replicated();
    await redis.cutReplication();
    await append(1);
    await redis.first.kill();
    const pending = assert.rejects(append(1), code('fork'));
    const other = await connect(redis.url);
    const taken = await until('a take-over', () => other.claim(callId, 'w2', leaseMs));
    const theirs = await CallLog.open(other, taken, keys);
    await theirs.append('take-over', { from: 'w1', reason: 'lease ended' });
    // The owner's store finds the new primary when it gets round to it.
    await until('the owner hears of it', async () => (await regain(store, lease)) === undefined);
    await other.release(taken);
    const regained = await until('a lease', () => regain(store, lease));
    await assert.rejects(log.rejoin(regained), code('fork'));
    await pending;
    await assertHolds(other, theirs);
  });
});

describe('one server that was away', () => {
  let redis: RedisServer;
  beforeEach(async () => (redis = await startRedis()));
  afterEach(() => redis.stop());

  test('what was acknowledged is there when it is back, and what was pending is appended', async () => {
    const store = await RedisLogStore.connect(redis.url, () => {});
    const { lease, log, append } = await openCall(store);
    await redis.kill();
    const pending = append(2);
    await until('the log is suspended', async () => log.suspended);
    await redis.restart();
    const regained = await until('a lease', () => regain(store, lease));
    await log.rejoin(regained);
    await pending;
    await assertHolds(store, log);
    await store.close();
  });
});
