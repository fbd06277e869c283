import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { CallLog, foldCall, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import type { McpTools } from '../tools/mcp-client.ts';
import { alertKey, Alerts } from './alerts.ts';

async function open({ failures = 0, caller = '+15550100123' } = {}) {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const log = await CallLog.open(store, (await store.claim('c', 'w', 1e9))!, new MemoryCallKeys(), clock);
  const calls: { args: Record<string, unknown>; key: string }[] = [];
  const delayed: string[] = [];
  let left = failures;
  const tools = {
    has: () => true,
    call: async (_name: string, args: Record<string, unknown>, key: string) => {
      calls.push({ args, key });
      return { failed: left-- > 0, text: '' };
    },
  } as unknown as McpTools;
  const alerts = new Alerts({
    tools: async () => tools,
    log,
    facts: { callId: 'c', caller } as never,
    clock,
    logger: jsonLogger('test', { write: () => undefined }),
    onDelayed: ({ id }) => delayed.push(id),
  });
  return { alerts, calls, delayed, clock, log };
}

test('staff are told at once, with a number only where there is one to call back', async () => {
  const { alerts, calls, delayed } = await open({ caller: 'anonymous' });
  alerts.raise({ id: 'chest pain!', urgent: true });
  await alerts.settled();
  assert.deepEqual(calls, [
    { args: { reason: 'Red flag during a call: chest pain!.', priority: 'urgent' }, key: 'c:chest-pain-' },
  ]);
  assert.deepEqual(delayed, []);
});

test('a backend that refuses is asked again under the same key, and after the second time the caller is told', async () => {
  const { alerts, calls, delayed, clock } = await open({ failures: 3 });
  alerts.raise({ id: 'chest-pain', urgent: true });
  for (let step = 0; step < 20; step++) await clock.advance(1000);
  await alerts.settled();
  assert.equal(calls.length, 4);
  assert.equal(new Set(calls.map(({ key }) => key)).size, 1);
  assert.deepEqual(delayed, ['chest-pain']);
});

test('staff who could never be told are an error on the record', async () => {
  const { alerts, clock, log } = await open({ failures: 99 });
  alerts.raise({ id: 'chest-pain', urgent: true });
  for (let step = 0; step < 200; step++) await clock.advance(1000);
  await alerts.settled();
  assert.equal(payloadOf(log.entries.at(-1)!, 'error')?.code, 'not-delivered');
});

test('after a take-over what has no success on the log is raised again, and only that', async () => {
  const { alerts, calls } = await open();
  const flag = (id: string) => ({ id, severity: 'urgent', action: 'create-case' });
  alerts.resume({ ...foldCall([]), redFlags: [flag('a'), flag('b')], done: [alertKey('c', 'a')] });
  await alerts.settled();
  assert.deepEqual(
    calls.map(({ key }) => key),
    ['c:b'],
  );
});
