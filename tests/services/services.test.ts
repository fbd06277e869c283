import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client } from '@opensearch-project/opensearch';
import { mintCallToken } from '@vestibule/call-token';
import { isCodedError, jsonLogger, systemClock } from '@vestibule/core';
import { type Handler, makeHandler } from '@vestibule/enrich';
import { type Florizel, startFlorizel } from '@vestibule/local-florizel';
import { importKnowledge, type RunningMcp, startMcp } from '@vestibule/mcp';
import { createSigner, localAuthority, MemoryCallKeys, sealCall } from '@vestibule/record';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { exampleLog, exampleResponse } from '../../apps/enrich/src/testing/record.ts';
import { lambdaEvent } from '../../local/stack/src/s3-events/notification.ts';
import type { Service } from './child.ts';
import { startWebhook, type Webhook } from './events.ts';
import { startOpenSearch } from './opensearch.ts';
import { questions } from './questions.ts';
import { type S3Service, startS3 } from './versitygw.ts';

const examples = fileURLToPath(new URL('../../examples/knowledge', import.meta.url));
const backendToken = 'the token of the tests';
const secret = 'the secret of the tests, long enough for HS256';
const keys = new MemoryCallKeys();
const authorityKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const signer = await createSigner(localAuthority(authorityKey as string), {
  tenant: 'lakeside',
  worker: 'w',
});
const logger = jsonLogger('services-test', { write: () => undefined });

let engine: Service;
let openSearch: Client;
let webhook: Webhook;
let s3: S3Service;
let florizel: Florizel;
let mcp: RunningMcp;
let handler: Handler;

before(async () => {
  webhook = await startWebhook();
  const environment = { host: '127.0.0.1', port: 0, token: backendToken, data: undefined };
  [engine, s3, florizel] = await Promise.all([
    startOpenSearch(),
    startS3(webhook.url),
    startFlorizel(environment, logger),
  ]);
  openSearch = new Client({ node: engine.url });
  handler = handlerOver(openSearch);
  mcp = await startMcp(
    {
      config: 'vestibule.yaml',
      host: '127.0.0.1',
      port: 0,
      secret,
      backendUrl: florizel.url,
      backendToken,
      openSearchUrl: engine.url,
    },
    {
      tools: { backend: 'florizel', allow: ['search_knowledge'] },
      questionnaires: 'examples/questionnaires',
    },
    logger,
  );
});
after(async () => {
  await mcp.stop();
  await openSearch.close();
  await Promise.all([engine.stop(), s3.stop(), florizel.stop()]);
  await webhook.stop();
});

function handlerOver(client: Client): Handler {
  const backend = { url: florizel.url, token: backendToken, fetch: globalThis.fetch };
  return makeHandler({ s3: s3.client, keysOf: () => keys, openSearch: client, backend });
}

interface Found {
  passages: { speakable: string; source: { id: string; title: string } }[];
}
async function connect(): Promise<{ search: (query: string) => Promise<Found> } & AsyncDisposable> {
  const client = new McpClient({ name: 'test', version: '1' });
  const token = mintCallToken(
    { callId: 'call_s', verified: false, tools: ['search_knowledge'], exp: 4e9 },
    secret,
  );
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(mcp.url), { requestInit }));
  return {
    search: async (query) => {
      const result = await client.callTool({ name: 'search_knowledge', arguments: { query } });
      return result.structuredContent as Found;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

describe('knowledge', () => {
  before(() => importKnowledge(examples, openSearch, systemClock));

  test('callers’ questions find the document that answers them', async (t) => {
    await using client = await connect();
    const misses: string[] = [];
    let first = 0;
    for (const [question, document] of questions) {
      const ids = (await client.search(question)).passages.map(({ source }) => source.id);
      if (!ids.includes(document)) misses.push(`${question}: ${ids.join(', ')}`);
      if (ids[0] === document) first += 1;
    }
    const recall = (questions.length - misses.length) / questions.length;
    t.diagnostic(
      `recall@3 ${recall.toFixed(2)}, first ${(first / questions.length).toFixed(2)}, of ${questions.length}`,
    );
    for (const miss of misses) t.diagnostic(`missed: ${miss}`);
    assert.ok(recall >= 0.9, 'recall@3 of at least 0.9');
  });

  test('an answer can be said, and tells where it is from', async () => {
    await using client = await connect();
    const [best] = (await client.search('where can I park')).passages;
    assert.equal(best?.source.title, 'Location and parking');
    assert.match(best?.speakable ?? '', /^Parking is free in the lot behind the building\./);
  });

  test('a question that nothing is known of finds nothing, and query syntax in it means nothing', async () => {
    await using client = await connect();
    assert.deepEqual((await client.search('zxqv wvut')).passages, []);
    for (const query of ['parking AND (', '*:*', '"', '{"match_all":{}}']) await client.search(query);
  });

  test('importing again leaves no moment without answers, and no old index', async () => {
    await using client = await connect();
    let importing = true;
    const again = importKnowledge(examples, openSearch, systemClock).finally(() => (importing = false));
    while (importing) assert.ok((await client.search('parking')).passages.length > 0);
    const { body } = await openSearch.indices.getAlias({ index: 'knowledge*' });
    assert.deepEqual(Object.keys(body), [(await again).index]);
  });

  test('an import that fails leaves what was there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-knowledge-'));
    const importing = () => importKnowledge(folder, openSearch, systemClock);
    await assert.rejects(importing, (error) => isCodedError(error, 'no-documents'));
    writeFileSync(join(folder, 'bad.md'), '---\nquestions: 7\n---\ntext');
    await assert.rejects(importing, (error) => isCodedError(error, 'unreadable-document'));
    rmSync(folder, { recursive: true });
    await using client = await connect();
    assert.ok((await client.search('parking')).passages.length > 0);
  });
});

describe('enrichment', () => {
  const archive = () => ({
    client: s3.client,
    bucket: s3.bucket,
    retainUntil: () => new Date(Date.now() + 60_000),
  });
  const items = { asked: 6, answered: 5 };
  async function seal(
    callId: string,
    { consent = true, response = exampleResponse }: { consent?: boolean; response?: unknown } = {},
  ) {
    const entries = exampleLog(callId, { consent });
    const key = await keys.create(callId);
    const sealing = { callId, entries, key, signer, response, items, now: new Date() };
    return (await sealCall(archive(), sealing)).prefix;
  }
  /** The event that the real S3 server sent for the manifest, as the local runner hands it on. */
  async function eventFor(prefix: string): Promise<S3Event> {
    const event = lambdaEvent(await webhook.about(`${prefix}/manifest.json`), '/manifest.json');
    assert.ok(event);
    return event as unknown as S3Event;
  }
  async function indexed(callId: string): Promise<Record<string, unknown> | undefined> {
    const found = await openSearch.get({ index: 'calls', id: callId }, { ignore: [404] });
    return found.body._source as Record<string, unknown> | undefined;
  }
  async function cases(callId: string) {
    const headers = { authorization: `Bearer ${backendToken}` };
    const response = await fetch(`${florizel.url}/cases?callId=${callId}`, { headers });
    return ((await response.json()) as { cases: Record<string, unknown>[] }).cases;
  }
  async function trouble(kind: string, next: number) {
    const headers = { authorization: `Bearer ${backendToken}` };
    await fetch(`${florizel.url}/_local/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ kind, next }),
    });
  }
  async function read(key: string) {
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '') as Record<string, unknown>;
  }
  const put = (key: string, body: string) =>
    s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: key, Body: body }));
  const codes = { codes: [{ system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' }] };

  test('a sealed call is found in search, filed in the backend and told of beside its manifest', async () => {
    const prefix = await seal('call_e1');
    assert.deepEqual(await handler(await eventFor(prefix)), { batchItemFailures: [] });
    const document = await indexed('call_e1');
    assert.equal(document?.['reason'], 'My knee hurts on the stairs');
    assert.match(String(document?.['transcript']), /^agent: Why are you calling\?\ncaller: my knee/);
    await openSearch.indices.refresh({ index: 'calls' });
    const search = { query: { match: { transcript: 'knees' } } };
    assert.equal(
      (await openSearch.search({ index: 'calls', body: search })).body.hits.hits[0]?._id,
      'call_e1',
    );
    const [filed, ...others] = await cases('call_e1');
    assert.deepEqual([others, filed?.['priority'], { codes: filed?.['codes'] }], [[], 'urgent', codes]);
    const told = await read(`${prefix}/enrichment.json`);
    assert.deepEqual([told['callId'], told['caseId']], ['call_e1', filed?.['caseId']]);
  });

  test('an event that comes twice, even at once, changes nothing more', async () => {
    const prefix = await seal('call_e2');
    const event = await eventFor(prefix);
    await Promise.all([handler(event), handler(event)]);
    const once = await cases('call_e2');
    assert.equal(once.length, 1);
    await handler(event);
    assert.deepEqual(await cases('call_e2'), once);
    const Prefix = `${prefix}/enrichment.json`;
    const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket: s3.bucket, Prefix }));
    assert.ok((listed.Versions ?? []).length <= 2, 'the two that ran at once at most');
  });

  test('without consent nothing that was spoken is indexed', async () => {
    await handler(await eventFor(await seal('call_e3', { consent: false })));
    const document = await indexed('call_e3');
    assert.equal(document?.['recorded'], false);
    assert.equal(document?.['transcript'], undefined);
    assert.equal((document?.['quality'] as Record<string, unknown>)['turns'], undefined);
  });

  test('of two sealings the later one counts, whichever event comes last', async () => {
    const event = await eventFor(await seal('call_e4'));
    await openSearch.index({
      index: 'calls',
      id: 'call_e4',
      version: Date.now() + 60_000,
      version_type: 'external_gte',
      body: { callId: 'call_e4', reason: 'from a later sealing' },
    });
    assert.deepEqual(await handler(event), { batchItemFailures: [] });
    assert.equal((await indexed('call_e4'))?.['reason'], 'from a later sealing');
    assert.deepEqual(await cases('call_e4'), []);
  });

  test('poison is reported with its code, and the rest of the event goes on', async () => {
    const good = await eventFor(await seal('call_e5'));
    const bad = await eventFor(await seal('call_e6', { response: { resourceType: 'Patient' } }));
    await put('t/call_e7/manifest.json', '{"version":2}');
    const worse = await eventFor('t/call_e7');
    const missing = structuredClone(worse);
    for (const { s3: of } of missing.Records) of.object.key = 't/none/manifest.json';
    const Records = [bad, worse, missing, good].flatMap((event) => event.Records);
    const { batchItemFailures } = await handler({ Records });
    assert.deepEqual(
      batchItemFailures.map(({ code }) => code),
      ['invalid-response', 'invalid-manifest', 'missing-object'],
    );
    assert.equal((await cases('call_e5')).length, 1);
  });

  test('an object that is not the one the manifest names is not believed, and the event comes again', async () => {
    const prefix = await seal('call_e8');
    await put(`${prefix}/entries.jsonl`, '');
    await assert.rejects(handler(await eventFor(prefix)), (error) => isCodedError(error, 'object-mismatch'));
    assert.equal(await indexed('call_e8'), undefined);
  });

  test('a backend that is down makes the event come again, and then all is done', async () => {
    const event = await eventFor(await seal('call_e9'));
    await trouble('refuse', 1);
    await assert.rejects(handler(event), (error) => isCodedError(error, 'backend-unavailable'));
    await handler(event);
    assert.equal((await cases('call_e9')).length, 1);
  });

  test('an index of an earlier version gets the members that it lacks', async () => {
    await openSearch.indices.delete({ index: 'calls-1' });
    const mappings = { dynamic: 'strict' as const, properties: { callId: { type: 'keyword' as const } } };
    await openSearch.indices.create({ index: 'calls-1', body: { aliases: { calls: {} }, mappings } });
    const restarted = new Client({ node: engine.url });
    await handlerOver(restarted)(await eventFor(await seal('call_e11')));
    await restarted.close();
    assert.equal((await indexed('call_e11'))?.['reason'], 'My knee hurts on the stairs');
  });

  test('through a queue only the failed message comes again', async () => {
    const good = await eventFor(await seal('call_e10'));
    const message = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body) });
    const event = { Records: [message('m1', { Records: [{}] }), message('m2', good)] } as unknown as SQSEvent;
    assert.deepEqual(await handler(event), { batchItemFailures: [{ itemIdentifier: 'm1' }] });
    assert.equal((await cases('call_e10')).length, 1);
  });
});
