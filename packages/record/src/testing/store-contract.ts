import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCodedError, newId } from '@vestibule/core';
import { CallLog } from '../log/call-log.ts';
import { genesis, nextEntry } from '../log/chain.ts';
import type { SealedEntry } from '../log/entries.ts';
import { openEntry, sealEntry } from '../log/sealed-entry.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import type { Lease, LogStore } from '../store/store.ts';
import { chainFault } from '../verify/chain-faults.ts';
import { until } from './until.ts';

const newCallId = () => newId('call');
const keys = new MemoryCallKeys();
const fenced = (error: unknown) => isCodedError(error, 'fenced');
/** The entry that follows `before`, or a call's first. */
const anEntry = ({ callId, worker, fence }: Lease, before?: SealedEntry) => {
  const [seq, previous] = before ? [before.header.seq + 1, before.hash] : [0, genesis];
  const place = { callId, seq, at: '2026-01-01T00:00:00.000Z', writer: worker, fence, previous };
  return sealEntry(Buffer.alloc(32), nextEntry(place, 'barge-in', { atMs: 1 }, { outer: '00', inner: '00' }));
};
const entriesAfter = (lease: Lease, count: number, before?: SealedEntry): SealedEntry[] => {
  const entries: SealedEntry[] = [];
  for (let i = 0; i < count; i++) entries.push(anEntry(lease, entries.at(-1) ?? before));
  return entries;
};
const hashes = (entries: readonly SealedEntry[]) => entries.map(({ hash }) => hash);
const openLog = (store: LogStore, lease: Lease) => CallLog.open(store, lease, keys);

/** `claimed` is awaited before the rest is asked for. */
export async function appendsComeFirst(store: LogStore, claimed?: () => Promise<unknown>): Promise<void> {
  const lease = await store.claim(newCallId(), 'w1', 60_000);
  assert.ok(lease);
  await claimed?.();
  const entries = entriesAfter(lease, 3);
  const appended = entries.map((entry) => store.append(lease, entry));
  const released = store.release(lease);
  const late = assert.rejects(store.append(lease, anEntry(lease, entries.at(-1))), fenced);
  await Promise.all([...appended, released, late]);
  assert.deepEqual(hashes(await store.read(lease.callId)), hashes(entries));
}

/** What every LogStore holds to. `open` gives a store that lives until `close`. */
export function storeContract(name: string, open: () => Promise<LogStore>): void {
  describe(`log store: ${name}`, () => {
    const minute = 60_000;
    const withStore = async (run: (store: LogStore) => Promise<void>) => {
      const store = await open();
      try {
        await run(store);
      } finally {
        await store.close();
      }
    };

    test('one worker at a time holds a call, and each claim has a higher fence', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const first = await store.claim(callId, 'w1', minute);
        assert.equal(first?.fence, 1);
        assert.equal(await store.claim(callId, 'w2', minute), undefined);
        assert.equal(await store.holder(callId), 'w1');
        await store.release(first);
        assert.equal(await store.holder(callId), undefined);
        assert.equal((await store.claim(callId, 'w2', minute))?.fence, 2);
      }));

    test('of many who claim at once, from several places, one gets the call', async () => {
      const stores = await Promise.all([open(), open()]);
      const callId = newCallId();
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, i) => stores[i % 2]!.claim(callId, `w${i}`, minute)),
      );
      assert.equal(claims.filter((lease) => lease).length, 1);
      await Promise.all(stores.map((store) => store.close()));
    });

    test('a lease ends by itself: its holder is refused, and another may claim', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const lease = await store.claim(callId, 'w1', 100);
        assert.ok(lease);
        await store.renew(lease, 200);
        await until('nobody holds the call', async () => (await store.holder(callId)) === undefined);
        await assert.rejects(store.renew(lease, minute), fenced);
        await assert.rejects(store.keepKey(lease, 'a'), fenced);
        await assert.rejects(store.append(lease, anEntry(lease)), fenced);
        assert.equal((await store.claim(callId, 'w2', minute))?.fence, 2);
      }));

    test('entries come back in order, chained, and from any point', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const lease = await store.claim(callId, 'w1', minute);
        assert.ok(lease);
        const log = await openLog(store, lease);
        const receipts = await Promise.all([1, 2, 3].map((atMs) => log.append('barge-in', { atMs })));
        assert.deepEqual(
          receipts.map(({ seq }) => seq),
          [0, 1, 2],
        );
        const opened = (await store.read(callId)).map((entry) => openEntry(log.key.key, entry));
        assert.deepEqual(opened, log.entries);
        assert.equal(chainFault(opened, { callId }), undefined);
        assert.deepEqual(
          (await store.read(callId, 2)).map(({ hash }) => hash),
          log.entries.slice(2).map(({ hash }) => hash),
        );
      }));

    test('appends that are made at once are stored in order, each once it is awaited', () =>
      withStore(async (store) => {
        const lease = await store.claim(newCallId(), 'w1', minute);
        assert.ok(lease);
        const entries = entriesAfter(lease, 100);
        const appended = entries.map((entry) => store.append(lease, entry));
        await appended[0];
        const [first] = await store.read(lease.callId);
        assert.equal(first?.hash, entries[0]?.hash);
        await Promise.all(appended);
        assert.deepEqual(hashes(await store.read(lease.callId)), hashes(entries));
      }));

    test('where one of the appends that are made at once is refused, those after it are too, and none before it', () =>
      withStore(async (store) => {
        const lease = await store.claim(newCallId(), 'w1', minute);
        assert.ok(lease);
        const good = entriesAfter(lease, 2);
        const astray = entriesAfter(lease, 3, anEntry({ ...lease, worker: 'w2' }));
        const outcomes = await Promise.allSettled(
          [...good, ...astray].map((entry) => store.append(lease, entry)),
        );
        assert.deepEqual(
          outcomes.map((one) => one.status === 'fulfilled' || isCodedError(one.reason, 'fork')),
          [true, true, true, true, true],
        );
        assert.deepEqual(
          outcomes.map(({ status }) => status),
          ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected'],
        );
        assert.deepEqual(hashes(await store.read(lease.callId)), hashes(good));
      }));

    test('appends come before what is asked of the store after them, awaited or not', () =>
      withStore(appendsComeFirst));

    test('a writer that lost its lease is refused, and so is all it sends after', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const stale = await store.claim(callId, 'w1', minute);
        assert.ok(stale);
        const log = await openLog(store, stale);
        await store.release(stale);
        assert.ok(await store.claim(callId, 'w2', minute));
        await assert.rejects(log.append('barge-in', { atMs: 1 }), fenced);
        await assert.rejects(log.append('barge-in', { atMs: 2 }), fenced);
        await assert.rejects(store.renew(stale, minute), fenced);
        assert.deepEqual(await store.read(callId), []);
      }));

    test('what is stored of an entry shows nothing of its payload, and another worker can open it', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const first = await store.claim(callId, 'w1', minute);
        assert.ok(first);
        await (await openLog(store, first)).append('said', { piiText: 'Ruth Miller', source: 'script' });
        assert.doesNotMatch(JSON.stringify(await store.read(callId)), /Ruth/);
        await store.release(first);
        const second = await store.claim(callId, 'w2', minute);
        assert.ok(second);
        assert.match(JSON.stringify((await openLog(store, second)).entries), /Ruth/);
        await store.dropKey(callId);
        assert.equal(await store.wrappedKey(callId), undefined);
      }));

    test('a call has one key, and only its holder sets it', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const stale = await store.claim(callId, 'w1', minute);
        assert.ok(stale);
        await store.release(stale);
        await assert.rejects(store.keepKey(stale, 'a'), fenced);
        const lease = await store.claim(callId, 'w2', minute);
        assert.ok(lease);
        await store.keepKey(lease, 'b');
        await store.keepKey(lease, 'c');
        assert.equal(await store.wrappedKey(callId), 'b');
      }));

    test('a call is forgotten after its grace time, and not before', () =>
      withStore(async (store) => {
        const callId = newCallId();
        assert.deepEqual(await store.read(callId), []);
        const lease = await store.claim(callId, 'w1', minute);
        assert.ok(lease);
        await (await openLog(store, lease)).append('barge-in', { atMs: 1 });
        await store.expire(callId, minute);
        assert.equal((await store.read(callId)).length, 1);
        await store.expire(callId, 1);
        await until('the call is forgotten', async () => (await store.read(callId)).length === 0);
        assert.equal(await store.wrappedKey(callId), undefined);
      }));

    test('an entry on another head is a fork, never silent', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const lease = await store.claim(callId, 'w1', minute);
        assert.ok(lease);
        const [one, other] = [await openLog(store, lease), await openLog(store, lease)];
        await one.append('barge-in', { atMs: 1 });
        await assert.rejects(other.append('barge-in', { atMs: 2 }), (error) => isCodedError(error, 'fork'));
      }));

    test('a take-over goes on from the head it finds', () =>
      withStore(async (store) => {
        const callId = newCallId();
        const first = await store.claim(callId, 'w1', minute);
        assert.ok(first);
        await (await openLog(store, first)).append('barge-in', { atMs: 1 });
        await store.release(first);
        const second = await store.claim(callId, 'w2', minute);
        assert.ok(second);
        await (await openLog(store, second)).append('take-over', { from: 'w1', reason: 'lease ended' });
        const read = await store.read(callId);
        assert.deepEqual(
          read.map(({ header }) => [header.kind, header.writer]),
          [
            ['barge-in', 'w1'],
            ['take-over', 'w2'],
          ],
        );
        assert.equal(chainFault(read), undefined);
      }));
  });
}
