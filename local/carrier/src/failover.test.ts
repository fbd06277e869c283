import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import type { CallOutcome } from '@vestibule/local-telephony';
import { dial, type Dialled, failsOver } from './failover.ts';

test('Twilio fails over on what a server says of itself, not on what it says of the call', () => {
  for (const status of [403, 408, 480, 500, 503, 504]) assert.equal(failsOver(status), true, String(status));
  for (const status of [200, 400, 404, 405, 410, 416, 482, 484, 486, 600, 603]) {
    assert.equal(failsOver(status), false, String(status));
  }
});

interface Behaviour {
  status?: number;
  /** Answers 100 at once. */
  trying?: boolean;
}

async function dialling(behaviours: readonly Behaviour[]) {
  const clock = new ManualClock();
  const placed: number[] = [];
  const cancelled: number[] = [];
  const place = ({ status, trying }: Behaviour, index: number) => {
    placed.push(index);
    const outcome = Promise.withResolvers<CallOutcome>();
    const response = { kind: 'response', status: status ?? 0, reason: 'R', headers: [], body: '' } as const;
    if (status === 200) outcome.resolve({ kind: 'answered', response, sdp: 'sdp' });
    else if (status !== undefined) outcome.resolve({ kind: 'refused', status, reason: 'R', response });
    const call: Dialled = {
      outcome: outcome.promise,
      cancel: () => {
        cancelled.push(index);
        outcome.resolve({ kind: 'timeout' });
      },
    };
    return { call, responded: trying ? Promise.resolve() : new Promise<void>(() => undefined) };
  };
  const result = dial(behaviours, place, clock);
  for (const _ of behaviours) await clock.advance(4000);
  return { result, placed, cancelled };
}

test('a target that answers takes the call and no other is tried', async () => {
  const { result, placed } = await dialling([{ status: 200 }, { status: 200 }]);
  const outcome = await result;
  assert.deepEqual([outcome.kind, outcome.target, placed], ['answered', 0, [0]]);
});

test('no response in 4 s gives the target up and takes the next', async () => {
  const { result, placed, cancelled } = await dialling([{}, { status: 200 }]);
  const outcome = await result;
  assert.deepEqual([outcome.kind, outcome.target, placed, cancelled], ['answered', 1, [0, 1], [0]]);
});

test('503 takes the next, 486 is the end', async () => {
  const refused = await (await dialling([{ status: 503 }, { status: 486 }, { status: 200 }])).result;
  assert.deepEqual(refused, { kind: 'refused', status: 486, reason: 'R', target: 1 });
});

test('the last target to fail gives the outcome', async () => {
  assert.equal((await (await dialling([{}, {}])).result).kind, 'unanswered');
  assert.equal((await (await dialling([{}, { status: 503 }])).result).kind, 'refused');
});

test('a target that said 100 in time is waited for', async () => {
  const { placed } = await dialling([{ trying: true }, { status: 200 }]);
  assert.deepEqual(placed, [0]);
});
