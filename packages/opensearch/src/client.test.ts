import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { openSearchClient, regionOfDomain } from './client.ts';

for (const [url, region] of [
  ['https://vpc-calls-abc123.us-east-1.es.amazonaws.com', 'us-east-1'],
  ['https://search-x.us-gov-west-1.es.amazonaws.com:443', 'us-gov-west-1'],
  ['http://127.0.0.1:9290', undefined],
  ['https://us-east-1.es.amazonaws.com.evil.example', undefined],
] as const)
  test(`${url}: ${region ?? 'not signed'}`, () => assert.equal(regionOfDomain(url), region));

const credentials = () => Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });

test('a server of one’s own gets requests without a signature', async (t) => {
  let headers: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    headers = request.headers;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"count":1}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = openSearchClient(`http://127.0.0.1:${port}`, { maxRetries: 0 }, credentials);
  t.after(async () => {
    await client.close();
    server.close();
  });
  assert.equal((await client.count({ index: 'calls' })).body.count, 1);
  assert.equal(headers.authorization, undefined);
});

test('a domain’s requests are signed for its region and for nothing else', async (t) => {
  const client = openSearchClient('https://vpc-x.eu-west-1.es.amazonaws.com', { maxRetries: 0 }, credentials);
  t.after(() => client.close());
  const { Connection } = client.connectionPool as unknown as {
    Connection: new (options: object) => {
      buildRequestObject(params: object): { headers: Record<string, string> };
    };
  };
  const connection = new Connection({ url: new URL('https://vpc-x.eu-west-1.es.amazonaws.com') });
  // The signer takes its credentials with the first request.
  await client.count({ index: 'calls' }).catch(() => {});
  const { headers } = connection.buildRequestObject({ method: 'GET', path: '/calls/_count', headers: {} });
  assert.match(
    headers['Authorization'] ?? headers['authorization'] ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/es\/aws4_request/,
  );
});
