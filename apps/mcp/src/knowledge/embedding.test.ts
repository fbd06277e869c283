import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { bedrockEmbedder } from './embedding.ts';

// The requests as the models' documentation has them; no model answers here.

async function bedrock(t: TestContext, answer: (body: Record<string, unknown>) => unknown) {
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
      asked.push({ path: decodeURIComponent(request.url ?? ''), body });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(body)));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  t.after(() => {
    client.destroy();
    server.close();
  });
  return { client, asked };
}

test('Titan is asked one text at a time', async (t) => {
  const { client, asked } = await bedrock(t, ({ inputText }) => ({
    embedding: [String(inputText).length, 0],
  }));
  const embedder = bedrockEmbedder('amazon.titan-embed-text-v2:0', client);
  assert.deepEqual(await embedder.embed(['one', 'three'], 'document'), [
    [3, 0],
    [5, 0],
  ]);
  assert.deepEqual(asked[0], {
    path: '/model/amazon.titan-embed-text-v2:0/invoke',
    body: { inputText: 'one', dimensions: 512, normalize: true },
  });
});

test('Cohere is asked for up to 96 texts, and told what they are', async (t) => {
  const { client, asked } = await bedrock(t, ({ texts }) => ({
    embeddings: (texts as string[]).map((text) => [text.length]),
  }));
  const embedder = bedrockEmbedder('cohere.embed-english-v3', client);
  const texts = Array.from({ length: 100 }, (_, n) => 'x'.repeat(n));
  assert.deepEqual(
    await embedder.embed(texts, 'query'),
    texts.map(({ length }) => [length]),
  );
  assert.deepEqual(
    asked.map(({ body }) => [(body['texts'] as string[]).length, body['input_type']]),
    [
      [96, 'search_query'],
      [4, 'search_query'],
    ],
  );
});

test('an answer of another shape is refused', async (t) => {
  const { client } = await bedrock(t, () => ({ vector: [1] }));
  await assert.rejects(bedrockEmbedder('cohere.embed-english-v3', client).embed(['x'], 'query'));
});
