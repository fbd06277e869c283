import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { Pacer } from './index.ts';

test('steps come every 20 ms without drift, and stop with the last subscriber', async () => {
  const clock = new ManualClock(0);
  const pacer = new Pacer(clock);
  const times: number[] = [];
  const stop = pacer.add(() => times.push(clock.monotonic()));
  await clock.advance(100);
  assert.deepEqual(times, [20, 40, 60, 80, 100]);
  stop();
  await clock.advance(100);
  assert.equal(times.length, 5);
});

test('a stall is made up for, but no more than 200 ms of it', async () => {
  let now = 0;
  const naps = [23, 400, 7, 20];
  const clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += Math.max(ms, naps.shift() ?? ms);
    },
  };
  let steps = 0;
  const done = Promise.withResolvers<void>();
  const stop = new Pacer(clock).add(() => {
    steps++;
    if (now < 600) return;
    stop();
    done.resolve();
  });
  await done.promise;
  // 600 ms are 30 steps; the 400 ms nap cost what lay further back than 200 ms.
  assert.ok(steps >= 19 && steps <= 22, `${steps} steps`);
});

test('what a stall left in the sockets is read before the missed steps are made up for', async () => {
  let now = 0;
  let stalled = false;
  const order: string[] = [];
  const clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += stalled ? ms : 100;
      if (!stalled) setImmediate(() => order.push('socket'));
      stalled = true;
    },
  };
  const done = Promise.withResolvers<void>();
  const stop = new Pacer(clock).add(() => {
    order.push('step');
    if (order.length < 6) return;
    stop();
    done.resolve();
  });
  await done.promise;
  assert.deepEqual(order, ['socket', 'step', 'step', 'step', 'step', 'step']);
});
