import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client } from '@opensearch-project/opensearch';
import { mintCallToken } from '@vestibule/call-token';
import { isCodedError, jsonLogger, systemClock } from '@vestibule/core';
import { type Florizel, startFlorizel } from '@vestibule/local-florizel';
import { importKnowledge, type RunningMcp, startMcp } from '@vestibule/mcp';
import type { Service } from './child.ts';
import { startOpenSearch } from './opensearch.ts';
import { questions } from './questions.ts';

const examples = fileURLToPath(new URL('../../examples/knowledge', import.meta.url));
const backendToken = 'the token of the tests';
const secret = 'the secret of the tests, long enough for HS256';
const logger = jsonLogger('services-test', { write: () => undefined });

let engine: Service;
let openSearch: Client;
let florizel: Florizel;
let mcp: RunningMcp;

before(async () => {
  const environment = { host: '127.0.0.1', port: 0, token: backendToken, data: undefined };
  [engine, florizel] = await Promise.all([startOpenSearch(), startFlorizel(environment, logger)]);
  openSearch = new Client({ node: engine.url });
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
  await Promise.all([engine.stop(), florizel.stop()]);
});

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
