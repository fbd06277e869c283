import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { ManualClock } from './clock.ts';
import { watchLoad } from './ecs-task.ts';
import { jsonLogger } from './logger.ts';

/** The endpoint of an ECS agent, as far as its documentation describes it. */
async function ecsAgent(t: TestContext, answer: () => number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      asked.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(answer(), { 'content-type': 'application/json' }).end('{"protection":{}}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/x`, asked };
}

function watched(t: TestContext, agentUri: string | undefined) {
  const state = { held: 0 };
  const lines: Record<string, unknown>[] = [];
  const clock = new ManualClock();
  const stop = new AbortController();
  const done = watchLoad({
    load: () => Promise.resolve({ held: state.held, capacity: 4, waiting: 2 }),
    held: () => state.held,
    clock,
    logger: jsonLogger('x', { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) }),
    signal: stop.signal,
    agentUri,
  });
  t.after(async () => {
    stop.abort();
    await done;
  });
  /** One second on, as often as it takes. */
  const until = async (condition: () => boolean) => {
    for (let i = 0; i < 2000 && !condition(); i += 1) {
      await clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(condition());
  };
  return { state, lines, clock, until };
}

test('a task is protected while it holds a call, asked for anew every ten minutes, and let go after', async (t) => {
  const { uri, asked } = await ecsAgent(t, () => 200);
  const { state, until } = watched(t, uri);
  state.held = 1;
  await until(() => asked.length === 1);
  assert.equal(
    asked[0],
    'PUT /api/x/task-protection/v1/state {"ProtectionEnabled":true,"ExpiresInMinutes":60}',
  );
  await until(() => asked.length === 2);
  state.held = 0;
  await until(() => asked.length === 3);
  assert.equal(asked[2], 'PUT /api/x/task-protection/v1/state {"ProtectionEnabled":false}');
});

test('an agent that refuses is asked again, and the log says so once', async (t) => {
  let status = 400;
  const { uri, asked } = await ecsAgent(t, () => status);
  const { state, lines, until } = watched(t, uri);
  state.held = 1;
  await until(() => asked.length === 3);
  status = 200;
  await until(() => asked.length >= 4);
  assert.equal(lines.filter(({ message }) => message === 'task not protected').length, 1);
});

test('the load is told once a minute', async (t) => {
  const { lines, until, clock, state } = watched(t, undefined);
  state.held = 3;
  const began = clock.monotonic();
  await until(() => lines.length === 3);
  const [, , last] = lines;
  assert.deepEqual(
    [last?.['message'], last?.['held'], last?.['capacity'], last?.['waiting']],
    ['load', 3, 4, 2],
  );
  assert.ok(clock.monotonic() - began >= 120_000);
});
