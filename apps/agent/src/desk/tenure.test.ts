import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { MemoryLogStore, RecordError } from '@vestibule/record';
import { LeaseKeeper, leaseMs } from './lease-keeper.ts';
import { StoreWatch } from './store-watch.ts';
import { Tenure } from './tenure.ts';

const logger = jsonLogger('test', { level: 'error' });

test('a lease is renewed while the loop runs, and lost when the store refuses', async () => {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const lease = await store.claim('c', 'w1', leaseMs);
  assert.ok(lease);
  const keeper = new LeaseKeeper(store, lease, clock.monotonic(), clock);
  let lost = false;
  void keeper.lost.then(() => (lost = true));
  for (let i = 0; i < 20; i++) await clock.advance(leaseMs / 10);
  assert.equal(lost, false);
  assert.equal(await store.holder('c'), 'w1');
  await store.release(lease);
  await clock.advance(leaseMs);
  await keeper.lost;
  keeper.stop();
});

test('a process that was frozen past its lease knows by its own clock, without asking', async () => {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const lease = await store.claim('c', 'w1', leaseMs);
  assert.ok(lease);
  store.renew = () => new Promise(() => {}); // the store is out of reach
  const keeper = new LeaseKeeper(store, lease, clock.monotonic(), clock);
  await clock.advance(leaseMs);
  await keeper.lost;
  keeper.stop();
});

/** A call held by w1 on a clock of its own, and a switch that takes the store away. */
async function heldCall() {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const lease = await store.claim('c', 'w1', leaseMs);
  assert.ok(lease);
  const tenure = new Tenure(lease, clock.monotonic(), { store, clock, logger, onRenewed: () => {} });
  const [renew, claim] = [store.renew.bind(store), store.claim.bind(store)];
  const gone = () => Promise.reject(new RecordError('unreachable', 'the log store is out of reach'));
  const setDown = (isDown: boolean) => {
    store.renew = isDown ? gone : renew;
    store.claim = isDown ? gone : claim;
  };
  return { clock, store, tenure, setDown, claim };
}

const never = new AbortController().signal;

test('a lease that ended while the store was out of reach is regained when nobody else has the call', async () => {
  const { clock, store, tenure, setDown } = await heldCall();
  setDown(true);
  await clock.advance(leaseMs);
  await tenure.lost;
  const regained = tenure.regain(never);
  await new Promise((resolve) => setImmediate(resolve)); // until it has asked
  await clock.advance(10_000);
  setDown(false);
  await clock.advance(1000);
  assert.equal(await regained, true);
  assert.equal(tenure.lease.fence, 2, 'under a new lease: what the old one still sends is refused');
  await clock.advance(5 * leaseMs);
  assert.equal(await store.holder('c'), 'w1', 'and keeps it');
  await tenure.end();
  assert.equal(await store.holder('c'), undefined);
});

test('a lease that another worker has by now is not regained', async () => {
  const { clock, store, tenure, setDown, claim } = await heldCall();
  setDown(true);
  await clock.advance(leaseMs);
  await tenure.lost;
  assert.ok(await claim('c', 'w2', 60_000));
  setDown(false);
  assert.equal(await tenure.regain(never), false);
  assert.equal(await store.holder('c'), 'w2');
});

test('a lease that still stands after a stall is the old one', async () => {
  const { clock, tenure } = await heldCall();
  assert.equal(await tenure.regain(never), true);
  assert.equal(tenure.lease.fence, 1);
  await tenure.end();
  await clock.advance(leaseMs);
});

test('each renewal says that the store can be reached', async () => {
  const { clock, tenure, setDown } = await heldCall();
  let renewals = 0;
  tenure.whenRenewed(() => (renewals += 1));
  setDown(true);
  await clock.advance(leaseMs / 2);
  assert.equal(renewals, 0);
  setDown(false);
  await clock.advance(leaseMs / 2);
  assert.ok(renewals > 0);
  await tenure.end();
  await clock.advance(leaseMs);
});

test('after an outage of the store nothing is taken over for the length of a lease', async () => {
  const clock = new ManualClock();
  const watch = new StoreWatch(clock);
  await watch.contact(async () => {});
  await clock.advance(100);
  assert.equal(watch.isSteady, true);
  const answer = Promise.withResolvers<void>();
  const asked = watch.contact(() => answer.promise);
  await clock.advance(10_000);
  assert.equal(watch.isSteady, false, 'it does not answer');
  answer.resolve();
  await asked;
  assert.equal(watch.isSteady, false, 'its owners come first');
  await clock.advance(leaseMs);
  assert.equal(watch.isSteady, true);
  await watch.contact(async () => {});
  await clock.advance(100);
  assert.equal(watch.isSteady, true);
});
