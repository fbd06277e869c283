import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { jsonLogger, systemClock } from '@vestibule/core';
import { Dispatcher } from '../tools/dispatch.ts';
import { backendTools } from './tools.ts';

const garage = readFileSync(new URL('testing/garage.yaml', import.meta.url), 'utf8');
const allow = ['jobs_search', 'jobs_open', 'add_notes'];
const logger = jsonLogger('test', { write: () => undefined });
const claims = { callId: 'call_1', verified: true, tools: allow, exp: 4e9 };

interface Sent {
  method: string;
  url: string;
  tenant: string | null;
  body: unknown;
}

/** A dispatcher over a backend that answers what it is told to, and what it was asked. */
function over(answer: () => Response, text = garage) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const request = new Request(url, { ...init, signal: null });
    const body = await request.text();
    sent.push({
      method: request.method,
      url: request.url.replace('http://backend/api', ''),
      tenant: request.headers.get('x-tenant-id'),
      body: body === '' ? undefined : (JSON.parse(body) as unknown),
    });
    return answer();
  };
  const backend = { url: 'http://backend/api', token: 't', fetch };
  const { tools, faults } = backendTools(text, { allow, timeouts: { jobs_open: 250 } }, backend);
  const source = { tools: () => tools, awaited: () => [] };
  const dispatcher = new Dispatcher([source], 'x'.repeat(32), systemClock, logger);
  const call = (name: string, args: Record<string, unknown>) =>
    dispatcher.call({ name, arguments: args }, claims);
  return { tools, faults, sent, call };
}
const schemaOf = (found: ReturnType<typeof over>, name: string) =>
  found.tools.find(({ definition }) => definition.name === name)?.definition;

describe('another backend’s file', () => {
  test('gives tools whose schemas are plain JSON Schema', () => {
    const found = over(() => Response.json([]));
    assert.deepEqual(found.faults, []);
    assert.deepEqual(schemaOf(found, 'jobs_search')?.inputSchema.properties, {
      branch: { type: 'string', pattern: '^[a-z]+$' },
      'X-Tenant-Id': { type: 'string', maxLength: 40 },
      state: { type: 'array', items: { type: ['string', 'null'], enum: ['open', 'waiting', 'done', null] } },
      sort: { type: 'array', items: { type: 'string' } },
      filter: { type: 'object', properties: { plate: { type: 'string' }, year: { type: 'integer' } } },
      page_size: { type: 'integer', exclusiveMinimum: 0 },
    });
    const opened = schemaOf(found, 'jobs_open')?.inputSchema;
    assert.deepEqual(opened?.required, ['branch', 'X-Tenant-Id', 'car']);
    assert.deepEqual(opened?.properties?.['car'], {
      type: 'object',
      required: ['plate'],
      properties: {
        plate: { type: 'string' },
        owner: { type: 'object', properties: { name: { type: 'string' }, nullable: { type: 'boolean' } } },
      },
    });
    assert.equal(found.tools.find(({ definition }) => definition.name === 'jobs_open')?.timeoutMs, 250);
  });

  test('has each argument put where it belongs', async () => {
    const found = over(() => Response.json([]));
    const search = await found.call('jobs_search', {
      branch: 'north',
      'X-Tenant-Id': 't 1',
      state: ['open', 'done'],
      sort: ['date', 'plate'],
      filter: { plate: 'A&B', year: 2020 },
      page_size: 5,
    });
    assert.deepEqual(search.structuredContent, { result: [] });
    assert.deepEqual(found.sent[0], {
      method: 'GET',
      url: '/branches/north/jobs?state=open&state=done&sort=date%2Cplate&filter%5Bplate%5D=A%26B&filter%5Byear%5D=2020&page%5Bsize%5D=5',
      tenant: 't 1',
      body: undefined,
    });
  });

  test('has two arguments of one name kept apart, and a body that is no object sent whole', async () => {
    const found = over(() => Response.json({ car: { plate: 'X' }, state: null, id: '7' }, { status: 201 }));
    const args = { branch: 'north', body_branch: 'south', 'X-Tenant-Id': 't', car: { plate: 'X' } };
    const opened = await found.call('jobs_open', args);
    assert.equal(opened.isError, undefined, JSON.stringify(opened));
    assert.deepEqual(found.sent[0]?.body, { branch: 'south', car: { plate: 'X' } });
    const noting = over(() => new Response(null, { status: 204 }));
    const noted = await noting.call('add_notes', { branch: 'north', body: ['a', 'b'] });
    assert.deepEqual([noted.structuredContent, noting.sent[0]?.body], [{ done: true }, ['a', 'b']]);
  });

  test('has what is out of its schema refused before the backend hears of it', async () => {
    const found = over(() => Response.json({}));
    const good = { branch: 'north', 'X-Tenant-Id': 't', car: { plate: 'X' } };
    for (const bad of [
      { ...good, id: 'set by nobody' },
      { ...good, extra: 1 },
      { ...good, branch: '../admin' },
      { ...good, car: { plate: 7 } },
      { ...good, 'X-Tenant-Id': 'a\r\nX-Admin: yes' },
      { ...good, car: undefined },
      { ...good, constructor: 'x' },
      JSON.parse('{"branch":"north","X-Tenant-Id":"t","car":{"plate":"X"},"__proto__":{"a":1}}') as object,
    ]) {
      const { isError, content } = await found.call('jobs_open', bad as Record<string, unknown>);
      assert.equal(isError, true, JSON.stringify(bad));
      assert.match(JSON.stringify(content), /invalid-arguments/);
    }
    assert.deepEqual(found.sent, []);
  });

  test('leaves out a tool that it gives twice or not at all, and says so', () => {
    const { tools, faults } = over(() => Response.json({}), garage.replace('addNotes', 'jobs-open'));
    assert.equal(tools.length, 2);
    assert.deepEqual(
      faults.map(({ message, line }) => [message, line !== undefined]),
      [
        ['is the second tool called jobs_open', true],
        ['there is no operation for the tool add_notes', true],
      ],
    );
  });
});

test('a backend that points elsewhere is not followed, and gets no token there', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { tools } = backendTools(garage, { allow, timeouts: {} }, { url, token: 't', fetch });
  const dispatcher = new Dispatcher(
    [{ tools: () => tools, awaited: () => [] }],
    'x'.repeat(32),
    systemClock,
    logger,
  );
  const result = await dispatcher.call({ name: 'add_notes', arguments: { branch: 'north' } }, claims);
  assert.match(JSON.stringify(result.content), /backend-unavailable/);
  assert.deepEqual(asked, ['/branches/north/notes']);
  server.close();
});
