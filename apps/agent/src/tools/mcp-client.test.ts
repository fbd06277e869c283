import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import { oddServer } from '../../../../packages/mcp-client/src/testing/server.ts';
import { McpTools, type ToolServer } from './mcp-client.ts';
import { finishOwed, unfinished } from './unfinished.ts';

const object = { type: 'object', properties: { reason: { type: 'string' } } };
const tool = (name: string, annotations: object) => ({ name, inputSchema: object, annotations });
const create = tool('create_case', { idempotentHint: true });
const find = tool('find_patient', { readOnlyHint: true });
const down = {
  isError: true,
  _meta: { 'vestibule/failure': { retryable: true } },
  content: [{ type: 'text', text: '{}' }],
};
const done = { content: [{ type: 'text', text: '{"reference":"C 1"}' }] };

interface Answers {
  tools?: unknown[];
  call?: (params: Record<string, unknown>) => unknown;
}

async function setUp(
  ours: Answers,
  theirs?: Answers,
  forModel = ['create_case', 'find_patient', 'cal_book'],
) {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const log = await CallLog.open(store, (await store.claim('c', 'w', 1e9))!, new MemoryCallKeys(), clock);
  const lines: string[] = [];
  const logger = jsonLogger('test', { write: (line) => lines.push(line) });
  const serve = ({ tools = [create, find], call = () => done }: Answers) =>
    oddServer({ 'tools/list': () => ({ tools }), 'tools/call': call });
  const running = [await serve(ours), ...(theirs ? [await serve(theirs)] : [])];
  const servers = running.map(({ url }, index): ToolServer => ({
    name: index === 0 ? 'vestibule' : 'cal',
    url,
    timeoutMs: 1000,
    nameOf: (name) => (index === 0 ? name : `cal_${name}`),
  })) as [ToolServer, ...ToolServer[]];
  const options = { servers, forModel, log, clock, logger };
  const tools = await McpTools.connect(options);
  return {
    ...{ tools, options, log, clock, logger, lines, running },
    [Symbol.asyncDispose]: async () => {
      await tools.close();
      for (const server of running) await server.stop();
    },
  };
}
/** Its pauses pass as fast as its work is done. */
async function finish(call: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  let isOver = false;
  const finishing = finishOwed(() => Promise.resolve(call.tools), call).finally(() => (isOver = true));
  while (!isOver) {
    await call.clock.advance(1000);
    await setImmediate();
  }
  await finishing;
}
const keysOf = (log: CallLog) => log.entries.flatMap((entry) => payloadOf(entry, 'tool-call')?.key ?? []);

test('a use of a tool is on the log before it happens, with its effect, and its result after', async () => {
  let seen: unknown;
  await using call = await setUp({ call: () => ((seen = call.log.entries.at(-1)?.header.kind), done) });
  const { text, failed } = await call.tools.call('create_case', { reason: 'x' });
  assert.deepEqual([text, failed, seen], ['{"reference":"C 1"}', false, 'tool-call']);
  const [before, after] = call.log.entries.map(({ payload }) => payload as Record<string, unknown>);
  assert.deepEqual([before?.['effect'], before?.['piiArguments']], ['once', { reason: 'x' }]);
  assert.deepEqual([after?.['failed'], after?.['piiResult'], after?.['key']], [false, text, before?.['key']]);
});

test('the model has what its questionnaire allows; the agent has its own besides', async () => {
  await using call = await setUp({}, undefined, ['find_patient']);
  assert.deepEqual(
    call.tools.tools.map(({ name }) => name),
    ['find_patient'],
  );
  assert.equal(call.tools.has('create_case'), true);
});

test('another server’s tools stand beside ours under its name, its broken ones apart, a line each', async () => {
  await using call = await setUp(
    {},
    { tools: [tool('book', {}), { name: 'bad' }, tool('book', {}), tool('x'.repeat(64), {})] },
  );
  assert.deepEqual(
    call.tools.tools.map(({ name, effect }) => [name, effect]),
    [
      ['create_case', 'once'],
      ['find_patient', 'reads'],
      ['cal_book', 'acts'],
    ],
  );
  assert.equal(call.lines.filter((line) => line.includes('tool left out')).length, 2);
  await call.tools.call('cal_book', {});
  assert.equal(call.running[1]?.seen.at(-1)?.params['name'], 'book');
});

test('another server that is down is only missing; without ours there are none', async () => {
  await using call = await setUp({});
  const [ours] = call.options.servers;
  const gone: ToolServer = { ...ours, name: 'cal', url: 'http://127.0.0.1:9/mcp' };
  const tools = await McpTools.connect({ ...call.options, servers: [ours, gone] });
  assert.equal(tools.tools.length, 2);
  await tools.close();
  await assert.rejects(McpTools.connect({ ...call.options, servers: [gone, ours] }));
});

test('what failed for a while is said to be tried again, and the same words use the same key', async () => {
  await using call = await setUp({ call: () => down });
  const { text } = await call.tools.call('create_case', { reason: 'x' });
  assert.match(text, /I will try again after this call/);
  await call.tools.call('create_case', { reason: 'x' });
  await call.tools.call('create_case', { reason: 'y' });
  assert.equal(new Set(keysOf(call.log)).size, 2);
  const looked = await call.tools.call('find_patient', {});
  assert.match(looked.text, /cannot look that up/);
});

test('after the call what is owed is done under its key, once', async () => {
  let isDown = true;
  await using call = await setUp({ call: () => (isDown ? down : done) });
  await call.tools.call('create_case', { reason: 'x' });
  await call.tools.call('find_patient', {});
  isDown = false;
  await finish(call);
  const [first, , again] = keysOf(call.log);
  assert.deepEqual([keysOf(call.log).length, again], [3, first]);
  assert.deepEqual(unfinished(call.log.entries), []);
  await finish(call);
  assert.equal(keysOf(call.log).length, 3);
});

test('a worker that died between asking and hearing leaves it owed; one that is refused for good is not', async () => {
  await using call = await setUp({ call: () => ({ ...down, _meta: {} }) });
  const asked = { id: 't', name: 'create_case', piiArguments: {}, key: 'k', effect: 'once' } as const;
  await call.log.append('tool-call', asked);
  assert.deepEqual(unfinished(call.log.entries), [
    { name: 'create_case', args: {}, key: 'k', canRepeat: true },
  ]);
  await finish(call);
  assert.deepEqual(unfinished(call.log.entries), []);
});

test('what cannot be done, or might be done twice, is an error on the record', async () => {
  await using call = await setUp({ call: () => down }, { tools: [tool('book', {})], call: () => down });
  await call.tools.call('create_case', { reason: 'x' });
  const { text } = await call.tools.call('cal_book', {});
  assert.doesNotMatch(text, /JSON|try again/);
  await finish(call);
  const errors = call.log.entries.flatMap((entry) => payloadOf(entry, 'error') ?? []);
  assert.deepEqual(errors, [
    { part: 'create_case', code: 'not-delivered' },
    { part: 'cal_book', code: 'not-delivered' },
  ]);
  assert.equal(call.running[1]?.seen.filter(({ method }) => method === 'tools/call').length, 1);
});

test('an alert, which is looked after by who raised it, is not owed', async () => {
  await using call = await setUp({ call: () => down });
  await call.tools.call('create_case', {}, 'c:chest-pain');
  assert.deepEqual(unfinished(call.log.entries), []);
});
