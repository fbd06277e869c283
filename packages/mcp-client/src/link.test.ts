import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { McpLink } from './index.ts';
import { oddServer } from './testing/server.ts';

const object = { type: 'object', properties: { day: { type: 'string' } }, additionalProperties: false };
const slots = {
  name: 'slots',
  description: 'Free slots',
  inputSchema: object,
  annotations: { readOnlyHint: true },
};
const listing = (...tools: unknown[]) => ({ 'tools/list': () => ({ tools }) });
const saying = (text: string) => ({ content: [{ type: 'text', text }] });

async function opened(
  t: { after: (fn: () => Promise<void>) => void },
  methods: Parameters<typeof oddServer>[0],
  options: { timeoutMs?: number; allow?: string[]; token?: string } = {},
) {
  const server = await oddServer(methods);
  const link = await McpLink.open({ name: 'odd', url: server.url, timeoutMs: 2000, ...options });
  t.after(async () => {
    await link.close();
    await server.stop();
  });
  return { link, server };
}

describe('of a server’s tools', () => {
  test('each says what its calls do; one that says nothing acts', async (t) => {
    const { link } = await opened(
      t,
      listing(
        slots,
        { name: 'book', inputSchema: object, annotations: { idempotentHint: true } },
        { name: 'send', inputSchema: object },
      ),
    );
    assert.deepEqual(
      link.tools.map(({ name, effect }) => [name, effect]),
      [
        ['slots', 'reads'],
        ['book', 'once'],
        ['send', 'acts'],
      ],
    );
  });

  test('those that no model can be given are left out, each with its reason, and the others stay', async (t) => {
    const bad = [
      7,
      { name: 'no-schema' },
      { name: 'string', inputSchema: { type: 'string' } },
      { name: 'top', inputSchema: { type: 'object', anyOf: [] } },
      { name: 'ref', inputSchema: { type: 'object', properties: { a: { $ref: '#/nowhere' } } } },
      { name: 'odd', inputSchema: { type: 'object', properties: { 'a b': {} } } },
      { name: 'wrong', inputSchema: { type: 'object', properties: { a: { type: 'strnig' } } } },
      { name: 'large', inputSchema: { type: 'object', description: 'x'.repeat(20_000) } },
      slots,
      slots,
    ];
    const { link } = await opened(t, listing(...bad));
    assert.deepEqual(
      link.tools.map(({ name }) => name),
      ['slots'],
    );
    assert.deepEqual(
      link.faults.map(({ name }) => name),
      ['?', 'no-schema', 'string', 'top', 'ref', 'odd', 'wrong', 'large'],
    );
  });

  test('only allowed ones are there, and an allowed one that is not is told', async (t) => {
    const { link } = await opened(t, listing(slots, { ...slots, name: 'other' }), {
      allow: ['slots', 'gone'],
    });
    assert.deepEqual(
      link.tools.map(({ name }) => name),
      ['slots'],
    );
    assert.deepEqual(link.faults, [{ name: 'gone', why: 'the server has no such tool' }]);
  });

  test('pages that never end are not followed for ever', async (t) => {
    const { link, server } = await opened(t, {
      'tools/list': () => ({ tools: [slots], nextCursor: 'more' }),
    });
    assert.equal(link.tools.length, 1);
    assert.equal(server.seen.filter(({ method }) => method === 'tools/list').length, 10);
  });
});

describe('a call', () => {
  test('carries its key and the server’s token, and gives the text', async (t) => {
    const { link, server } = await opened(
      t,
      { ...listing(slots), 'tools/call': () => saying('nine o’clock') },
      { token: 'secret' },
    );
    assert.deepEqual(await link.call('slots', { day: 'monday' }, 'k1'), {
      failed: false,
      retryable: false,
      text: 'nine o’clock',
    });
    const { params, headers } = server.seen.at(-1) ?? {};
    assert.deepEqual(params?.['_meta'], { 'vestibule/idempotencyKey': 'k1' });
    assert.equal(headers?.authorization, 'Bearer secret');
  });

  test('with arguments out of schema, or of a tool that is not allowed, is not sent', async (t) => {
    const { link, server } = await opened(t, { ...listing(slots), 'tools/call': () => saying('x') });
    for (const [name, args] of [
      ['slots', { day: 7 }],
      ['slots', { day: 'x', more: 1 }],
      ['other', {}],
    ] as const)
      assert.match((await link.call(name, args, 'k')).text, /invalid-arguments/);
    assert.equal(
      server.seen.some(({ method }) => method === 'tools/call'),
      false,
    );
  });

  test('that has too much to say is cut', async (t) => {
    const { link } = await opened(t, { ...listing(slots), 'tools/call': () => saying('x'.repeat(100_000)) });
    const { text, failed } = await link.call('slots', {}, 'k');
    assert.equal(failed, false);
    assert.ok(text.length < 16_100 && text.endsWith('[cut]'));
  });

  const endings: Record<string, (response: ServerResponse) => void> = {
    'is never answered': () => {},
    'is answered without end, as JSON': (response) => {
      response.setHeader('content-type', 'application/json');
      const more = () =>
        response.destroyed || response.write(' '.repeat(64 * 1024), () => setImmediate(more));
      more();
    },
    'is answered without end, as events': (response) => {
      response.setHeader('content-type', 'text/event-stream');
      const more = () =>
        response.destroyed || response.write(': more\n\n'.repeat(8192), () => setImmediate(more));
      more();
    },
    'is answered a letter at a time': (response) => {
      response.setHeader('content-type', 'application/json');
      const drip = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(drip));
    },
    'is sent elsewhere': (response) =>
      void response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    'is answered with nonsense': (response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"jsonrpc":"2.0"');
    },
  };
  for (const [name, ending] of Object.entries(endings))
    test(`that ${name} fails in time, and may be tried again`, async (t) => {
      const { link } = await opened(
        t,
        { ...listing(slots), 'tools/call': (_, response) => ending(response) },
        { timeoutMs: 500 },
      );
      const began = performance.now();
      const { failed, retryable } = await link.call('slots', {}, 'k');
      assert.deepEqual([failed, retryable], [true, true]);
      assert.ok(performance.now() - began < 2000);
    });
});
