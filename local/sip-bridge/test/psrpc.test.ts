import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { jsonLogger, systemClock } from '@vestibule/core';
import { type Bus, openRedisBus } from '../src/psrpc/bus.ts';
import { PsrpcClient } from '../src/psrpc/client.ts';
import { ClaimRequest, ClaimResponse, pack, Request, Response, unpack } from '../src/psrpc/envelope.ts';
import { PsrpcError } from '../src/psrpc/errors.ts';
import { type Handler, PsrpcServer } from '../src/psrpc/server.ts';
import { ended, freePort, startRedis } from './livekit-server.ts';

const logger = jsonLogger('psrpc', { level: 'error' });
const [service, method, clientId] = ['SIPInternal', 'CreateSIPParticipant', 'CLI_test'];
const words = (text: string) => new TextEncoder().encode(text);

/** The claim protocol on a real Redis, the caller's half by hand. */
describe('psrpc', () => {
  let port: number;
  let redis: ReturnType<typeof startRedis>;
  let bus: Bus;
  let heard: { channel: string; payload: Uint8Array }[] = [];

  before(async () => {
    port = await freePort();
    redis = startRedis(port, tmpdir());
  });
  after(() => ended(redis, 'SIGKILL'));
  beforeEach(async () => {
    bus = await openRedisBus(`redis://127.0.0.1:${port}`, logger);
    heard = [];
    await bus.subscribe(['SIPInternal|CLI_test|CLAIM', 'SIPInternal|CLI_test|RES'], (channel, payload) => {
      heard.push({ channel, payload });
    });
  });
  afterEach(() => bus.close());

  async function until(what: string, is: () => boolean): Promise<void> {
    const deadline = performance.now() + 5000;
    while (!is()) {
      assert.ok(performance.now() < deadline, what);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async function serve(handler: Handler) {
    const server = new PsrpcServer(bus, systemClock, logger);
    const end = await server.register({ service, method }, handler);
    return { server, end };
  }

  const request = (requestId: string, ms = 5000) => {
    const sentAt = BigInt(Date.now()) * 1_000_000n;
    const expiry = sentAt + BigInt(ms) * 1_000_000n;
    return pack(new Request({ requestId, clientId, sentAt, expiry, rawRequest: words('please') }));
  };
  const ask = (payload: Uint8Array) => bus.publish(`${service}|${method}|REQ`, payload);
  const choose = (requestId: string, serverId: string) =>
    bus.publish(`${service}|${method}|RCLAIM`, pack(new ClaimResponse({ requestId, serverId })));
  const claims = () => heard.flatMap(({ payload }) => unpack(ClaimRequest, payload) ?? []);
  const responses = () => heard.flatMap(({ payload }) => unpack(Response, payload) ?? []);

  test('the server claims, waits to be chosen, and answers', async () => {
    const { server } = await serve(async (raw) => words(`${new TextDecoder().decode(raw)}: done`));
    await ask(request('REQ_1'));
    await until('a claim', () => claims().length === 1);
    assert.deepEqual([claims()[0]?.serverId, claims()[0]?.affinity], [server.id, 1]);
    assert.equal(responses().length, 0);
    await choose('REQ_1', server.id);
    await until('a response', () => responses().length === 1);
    assert.equal(new TextDecoder().decode(responses()[0]?.rawResponse), 'please: done');
  });

  test('it says nothing where another has the lock, and nothing to a request that is too late', async () => {
    const { server } = await serve(async () => words('done'));
    const taken = request('REQ_2');
    const key = createHash('sha256').update(taken).digest('base64');
    assert.equal(await bus.lock(key, '1', 5), true);
    await ask(taken);
    await ask(request('REQ_3', -1));
    await ask(request('REQ_4'));
    await until('a claim', () => claims().length > 0);
    assert.deepEqual(
      claims().map(({ requestId }) => requestId),
      ['REQ_4'],
    );
    await choose('REQ_4', server.id);
    await until('a response', () => responses().length === 1);
  });

  test('it does nothing when another is chosen', async () => {
    let done = 0;
    const { server } = await serve(async () => words(String(++done)));
    await ask(request('REQ_5'));
    await until('a claim', () => claims().length === 1);
    await choose('REQ_5', 'SRV_another');
    await ask(request('REQ_6'));
    await until('a second claim', () => claims().length === 2);
    await choose('REQ_6', server.id);
    await until('a response', () => responses().length === 1);
    assert.equal(responses()[0]?.requestId, 'REQ_6');
    assert.equal(done, 1);
  });

  test('the handler hears when the request runs out; errors go back with their code, unknown ones without their words', async () => {
    const { server } = await serve(async (_raw, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new PsrpcError('canceled', 'too late');
    });
    await ask(request('REQ_7', 300));
    await until('a claim', () => claims().length === 1);
    await choose('REQ_7', server.id);
    await until('a response', () => responses().length === 1);
    assert.deepEqual([responses()[0]?.code, responses()[0]?.error], ['canceled', 'too late']);
  });

  test('a client without a server hears so; with one it gets its answer, through a Redis that was gone', async () => {
    const client = await PsrpcClient.open(bus, systemClock, service);
    await assert.rejects(client.request(method, words('please')), { code: 'unavailable' });
    await ended(redis, 'SIGKILL');
    await assert.rejects(client.request(method, words('please')));
    redis = startRedis(port, tmpdir());
    await serve(async () => words('done'));
    let answer: string | undefined;
    const deadline = performance.now() + 5000;
    while (answer === undefined && performance.now() < deadline)
      answer = await client.request(method, words('please')).then(
        (response) => new TextDecoder().decode(response),
        () => undefined,
      );
    assert.equal(answer, 'done');
  });

  test('without Redis there is one line that names the setting', async () => {
    await assert.rejects(openRedisBus(`redis://127.0.0.1:${await freePort()}`, logger), {
      code: 'redis-unavailable',
      message: /^SIP_BRIDGE_REDIS: no Redis at 127\.0\.0\.1:\d+/,
    });
  });
});
