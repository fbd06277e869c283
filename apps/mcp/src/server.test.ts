import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { mintCallToken } from '@vestibule/call-token';
import { jsonLogger } from '@vestibule/core';
import { type RunningMcp, startMcp } from './index.ts';
import { type SpawnedBackend, spawnFlorizel } from './testing/florizel.ts';

const secret = 'the secret of the tests, long enough for HS256';
const allow = ['search_knowledge', 'find_patient', 'create_case', 'update_case'];
const folder = mkdtempSync(join(tmpdir(), 'vestibule-mcp-'));
const log: string[] = [];
const logger = jsonLogger('mcp', { write: (line) => log.push(line) });
let backend: SpawnedBackend;
let mcp: RunningMcp;
const stops: (() => Promise<void>)[] = [];

before(async () => {
  writeFileSync(join(folder, 'new-patient.yaml'), 'title: New patient\n');
  backend = await spawnFlorizel();
  mcp = await start(backend.url);
  await ready(mcp);
});
after(async () => {
  for (const stop of stops) await stop();
  await mcp.stop();
  await backend.stop();
  rmSync(folder, { recursive: true });
});

function start(backendUrl: string): Promise<RunningMcp> {
  const environment = {
    config: join(folder, 'vestibule.yaml'),
    host: '127.0.0.1',
    port: 0,
    secret,
    backendUrl,
    backendToken: backend.token,
    // Nothing listens on the discard port.
    openSearchUrl: 'http://127.0.0.1:9',
  };
  return startMcp(environment, { tools: { backend: 'florizel', allow }, questionnaires: '.' }, logger);
}

async function ready({ url }: RunningMcp): Promise<void> {
  while ((await fetch(url.replace('/mcp', '/healthz'))).status !== 200);
}

interface Scope {
  callId?: string;
  verified?: boolean;
  tools?: string[];
  exp?: number;
}
function token({ callId = 'call_1', verified = true, tools = allow, exp = 4e9 }: Scope = {}): string {
  return mintCallToken({ callId, verified, tools, exp }, secret);
}

async function connect(scope: Scope = {}, to = mcp.url): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers = { authorization: `Bearer ${token(scope)}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(to), { requestInit: { headers } }));
  stops.push(() => client.close());
  return client;
}
async function call(client: Client, name: string, args: object, meta?: object): Promise<CallToolResult> {
  const params = { name, arguments: { ...args }, ...(meta && { _meta: { ...meta } }) };
  return (await client.callTool(params)) as CallToolResult;
}
const told = (result: CallToolResult) => {
  const [content] = result.content;
  assert.equal(content?.type, 'text');
  return JSON.parse(content.text) as {
    error?: string;
    speakable?: string;
    retryable?: boolean;
    faults?: unknown[];
  };
};

describe('a call’s token', () => {
  const post = (authorization: string, headers: Record<string, string> = {}) =>
    fetch(mcp.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });

  test('is needed, and must be signed, unexpired and whole', async () => {
    const refused = ['', 'Bearer x', 'Basic eDp4', `Bearer ${token({ exp: 1 })}`, `Bearer ${token()}x`];
    for (const authorization of refused) {
      const response = await post(authorization);
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer /);
    }
    assert.equal((await post(`Bearer ${token()}`)).status, 200);
  });

  test('is not taken from a web page', async () => {
    assert.equal((await post(`Bearer ${token()}`, { origin: 'https://example.org' })).status, 403);
  });

  test('names the tools that are listed and that can be called', async () => {
    const client = await connect({ tools: ['create_case'] });
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['create_case'],
    );
    await assert.rejects(call(client, 'find_patient', { phone: '+15550100123' }), /no such tool/);
  });

  test('does not make a tool that vestibule.yaml leaves out', async () => {
    const client = await connect({ tools: ['get_patient', 'find_patient'] });
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['find_patient'],
    );
    await assert.rejects(call(client, 'get_patient', { patientId: 'p-1001' }), /no such tool/);
  });

  test('of an unverified caller reads nothing that is held, and can still open a case', async () => {
    const client = await connect({ verified: false });
    const looked = await call(client, 'find_patient', { phone: '+15550100123' });
    assert.equal(looked.isError, true);
    assert.equal(looked.structuredContent, undefined);
    assert.equal(told(looked).error, 'caller-not-verified');
    assert.doesNotMatch(JSON.stringify(looked), /Alvarez|p-1001/);
    const changed = await call(client, 'update_case', { caseId: 'case_x', status: 'closed' });
    assert.equal(told(changed).error, 'caller-not-verified');
    assert.equal((await call(client, 'create_case', { reason: 'A question' })).isError, undefined);
  });
});

describe('the backend’s tools', () => {
  test('find a patient, with structured content that the SDK’s client holds to the output schema', async () => {
    const client = await connect();
    await client.listTools();
    const result = await call(client, 'find_patient', {
      familyName: 'alvarez',
      birthDate: '1984-03-12',
      phone: '',
    });
    const { patients } = result.structuredContent as { patients: { patientId: string }[] };
    assert.deepEqual(
      patients.map(({ patientId }) => patientId),
      ['p-1001'],
    );
  });

  test('open one case per key, whichever way the key comes, and per arguments without one', async () => {
    const client = await connect({ callId: 'call_keys' });
    const open = async (args: object, meta?: object) =>
      (await call(client, 'create_case', args, meta)).structuredContent?.['caseId'];
    const meta = { 'vestibule/idempotencyKey': 'entry-7' };
    const first = await open({ reason: 'A refill' }, meta);
    assert.equal(await open({ reason: 'A refill' }, meta), first);
    assert.equal(await open({ reason: 'A refill', idempotencyKey: 'entry-7' }), first);
    const without = await open({ reason: 'A refill' });
    assert.notEqual(without, first);
    assert.equal(await open({ reason: 'A refill' }), without);
    assert.equal(
      told(await call(client, 'create_case', { reason: 'Other' }, meta)).error,
      'idempotency-conflict',
    );
  });

  test('keep one call’s keys from another call’s cases, and note which call a case came from', async () => {
    const [one, two] = [await connect({ callId: 'call_a' }), await connect({ callId: 'call_b' })];
    const args = { reason: 'Same words', idempotencyKey: '1' };
    const [a, b] = [await call(one, 'create_case', args), await call(two, 'create_case', args)];
    assert.notEqual(a.structuredContent?.['caseId'], b.structuredContent?.['caseId']);
    assert.equal(a.structuredContent?.['callId'], 'call_a');
  });

  test('refuse arguments out of schema before the backend hears of them', async () => {
    const client = await connect();
    for (const args of [
      {},
      { reason: 7 },
      { reason: 'x', callId: 'call_other' },
      { reason: 'x', priority: 'now' },
    ]) {
      assert.equal(told(await call(client, 'create_case', args)).error, 'invalid-arguments');
    }
    const key = await call(client, 'create_case', { reason: 'x', idempotencyKey: 'a\nb' });
    assert.equal(told(key).error, 'invalid-arguments');
  });

  test('pass on what the backend finds wrong with the arguments', async () => {
    const { error, faults } = told(await call(await connect(), 'find_patient', { familyName: 'Brown' }));
    assert.equal(error, 'invalid-arguments');
    assert.deepEqual(faults, [
      { path: '', message: 'give the phone, or the family name and the birth date' },
    ]);
  });
});

describe('when the backend is in trouble', () => {
  const troubles = [
    { fault: { kind: 'refuse', next: 1 }, code: 'backend-unavailable' },
    { fault: { kind: 'error', next: 1 }, code: 'backend-failed' },
    { fault: { kind: 'slow', next: 1, ms: 30_000 }, code: 'backend-timeout' },
    { fault: { kind: 'never-ending', next: 1 }, code: 'backend-failed' },
  ];
  for (const { fault, code } of troubles) {
    test(`${fault.kind}: the caller can be told, and the agent knows to try later`, async () => {
      const client = await connect();
      await backend.trouble(fault);
      const result = await call(client, 'find_patient', { phone: '+15550100123' });
      const { error, speakable, retryable } = told(result);
      assert.deepEqual([result.isError, error, retryable], [true, code, true]);
      assert.match(speakable ?? '', /staff/);
      assert.deepEqual(result._meta?.['vestibule/failure'], { code, retryable: true });
    });
  }

  test('down from the start: the tools that do not need it are there, its own say so, and readiness waits', async () => {
    const alone = await start('http://127.0.0.1:9');
    stops.push(() => alone.stop());
    assert.equal((await fetch(alone.url.replace('/mcp', '/healthz'))).status, 503);
    assert.equal((await fetch(alone.url.replace('/mcp', '/livez'))).status, 200);
    const client = await connect({}, alone.url);
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['search_knowledge'],
    );
    assert.equal(told(await call(client, 'create_case', { reason: 'x' })).error, 'backend-unavailable');
  });
});

test('a search without OpenSearch fails in words that can be spoken', async () => {
  const { error, speakable } = told(await call(await connect(), 'search_knowledge', { query: 'parking' }));
  assert.equal(error, 'knowledge-unavailable');
  assert.match(speakable ?? '', /look that up/);
});

test('the questionnaires are resources, and nothing beside them is', async () => {
  const client = await connect();
  const { resources } = await client.listResources();
  assert.deepEqual(
    resources.map(({ uri }) => uri),
    ['questionnaire:///new-patient'],
  );
  const { contents } = await client.readResource({ uri: 'questionnaire:///new-patient' });
  assert.deepEqual(contents, [
    { uri: 'questionnaire:///new-patient', mimeType: 'application/yaml', text: 'title: New patient\n' },
  ]);
  for (const uri of ['questionnaire:///../vestibule', 'questionnaire:///none', 'file:///etc/passwd']) {
    await assert.rejects(client.readResource({ uri }), /no such resource/);
  }
});

test('a request larger than any intake needs is refused', async () => {
  const response = await fetch(mcp.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token()}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { x: 'x'.repeat(100_000) } }),
  });
  assert.equal(response.status, 413);
});

test('the log holds ids, durations and codes, and nothing that was said or found', async () => {
  const client = await connect({ callId: 'call_logged' });
  await call(client, 'find_patient', { familyName: 'Alvarez', birthDate: '1984-03-12' });
  const line = log
    .map((text) => JSON.parse(text) as Record<string, unknown>)
    .find((one) => one['callId'] === 'call_logged');
  const { tool, outcome, ms } = line ?? {};
  assert.deepEqual([tool, outcome, typeof ms], ['find_patient', 'answered', 'number']);
  assert.doesNotMatch(log.join(''), /Alvarez|1984|refill|\+1555/);
});
