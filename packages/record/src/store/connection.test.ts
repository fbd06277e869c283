import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { createClient } from 'redis';
import { type RedisCluster, startCluster } from '../testing/redis-cluster.ts';
import { type RedisServer, startRedis } from '../testing/redis-server.ts';
import { startSecureRedis } from '../testing/secure-redis.ts';
import { type SlowLink, slowLink } from '../testing/slow-link.ts';
import { until } from '../testing/until.ts';
import { answerMs, script, StoreConnection } from './connection.ts';
import { claimScript } from './redis-scripts.ts';
import { RedisLogStore } from './redis-store.ts';

const code = (wanted: string) => (error: unknown) => isCodedError(error, wanted);
const minute = 60_000;

/** A connection that is closed at the end of `run`, and what it reported. */
async function connected(url: string, run: (store: StoreConnection, heard: unknown[]) => Promise<void>) {
  const heard: unknown[] = [];
  const store = await StoreConnection.open(url, (error) => heard.push(error));
  try {
    await run(store, heard);
  } finally {
    store.destroy();
  }
}

const works = (store: StoreConnection, key = 'k') =>
  until('the store is back', async () => (await store.send(key, ['SET', key, 'v'])) === 'OK');

async function msUntilRefused(command: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await assert.rejects(command, code('unreachable'));
  return performance.now() - began;
}

describe('one server', () => {
  let redis: RedisServer;
  before(async () => (redis = await startRedis()));
  after(() => redis.stop());

  test('commands to a server that is gone fail at once; nothing is kept; all is well when it is back', () =>
    connected(redis.url, async (store, heard) => {
      await works(store);
      const inFlight = assert.rejects(store.send('k', ['BLPOP', 'none', '0'], minute), code('unreachable'));
      await redis.kill();
      await inFlight;
      assert.ok((await msUntilRefused(store.send('k', ['SET', 'late', '1']))) < answerMs / 2);
      assert.ok(heard.length > 0 && heard.length < 5, `heard ${heard.length} times`);
      await redis.restart();
      await works(store);
      assert.equal(await store.send('k', ['GET', 'late']), null);
    }));

  test('a server that stands still is given up after a second, and found again when it goes on', () =>
    connected(redis.url, async (store) => {
      await works(store);
      redis.freeze();
      const ms = await msUntilRefused(store.send('k', ['GET', 'k']));
      assert.ok(ms > answerMs * 0.9 && ms < answerMs * 3, `${ms} ms`);
      redis.thaw();
      await works(store);
    }));

  test('a script crosses the wire once, and again after the server forgot it', () =>
    connected(redis.url, async (store) => {
      const echo = script("return redis.call('GET', KEYS[1]) .. ARGV[1]");
      await works(store);
      await store.send('k', ['CONFIG', 'RESETSTAT']);
      const calls = async () => {
        const text = String(await store.send('k', ['INFO', 'commandstats']));
        return ['eval', 'evalsha'].map((name) =>
          Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(text)?.[1] ?? 0),
        );
      };
      for (let i = 0; i < 3; i++) assert.equal(await store.run(echo, ['k'], ['!']), 'v!');
      assert.deepEqual(await calls(), [1, 3]);
      await store.send('k', ['SCRIPT', 'FLUSH']);
      const answers = await Promise.all([1, 2, 3].map((i) => store.run(echo, ['k'], [String(i)])));
      assert.deepEqual(answers, ['v1', 'v2', 'v3']);
    }));

  test('what a server says of a command itself is passed on', () =>
    connected(redis.url, async (store) => {
      await assert.rejects(store.send('k', ['NONSENSE']), /unknown command/);
      await works(store);
    }));

  test('a store that nobody can reach is said so after the time that one gives it', async () => {
    const gone = await startRedis();
    await gone.stop();
    await assert.rejects(
      StoreConnection.open(gone.url, () => {}, 300),
      (error) => isCodedError(error, 'unreachable') && /ECONNREFUSED/.test(error.message),
    );
  });
});

describe('messages that arrive late', () => {
  let redis: RedisServer;
  let link: SlowLink;
  before(async () => {
    redis = await startRedis();
    link = await slowLink(redis.port);
  });
  after(async () => {
    await link.stop();
    await redis.stop();
  });

  test('a claim that its worker has given up is not made when it arrives', async () => {
    const [store, witness] = await Promise.all(
      [link.port, redis.port].map((port) => RedisLogStore.connect(`redis://127.0.0.1:${port}`, () => {})),
    );
    assert.ok(store && witness);
    assert.ok(await store.claim('warm', 'w1', minute)); // the server knows the scripts now
    link.hold(1); // the question for the store's clock goes through
    await assert.rejects(store.claim('c', 'w1', minute), code('unreachable'));
    assert.ok(link.held().includes(claimScript.sha), 'the claim is on its way');
    link.release();
    await until('it arrived', async () => (await store.holder('warm')) === 'w1');
    assert.equal(await witness.holder('c'), undefined);
    assert.equal((await witness.claim('c', 'w2', minute))?.fence, 1);
    await Promise.all([store.close(), witness.close()]);
  });
});

describe('rights', () => {
  let redis: Awaited<ReturnType<typeof startSecureRedis>>;
  before(async () => (redis = await startSecureRedis()));
  after(() => redis.stop());

  test('who may not do something is told what to grant, and where that is written', () =>
    connected(redis.url, async (store) => {
      for (const command of [['FLUSHALL'], ['GET', 'another:key'], ['KEYS', '*']])
        await assert.rejects(store.send('k', command), (error) => {
          assert.ok(isCodedError(error, 'misconfigured'));
          return /record\/README\.md/.test(error.message);
        });
    }));

  test('a wrong password, and none at all, are told at once', async () => {
    const wrong = redis.url.replace('p%40ss', 'guess');
    for (const url of [wrong, redis.anonymousUrl])
      await assert.rejects(
        StoreConnection.open(url, () => {}, minute),
        code('misconfigured'),
      );
  });

  test('a server whose certificate nobody vouches for is not spoken to', async () => {
    const url = redis.url.replace(/\?ca=.*/, '');
    await assert.rejects(
      StoreConnection.open(url, () => {}, 0),
      (error) => isCodedError(error, 'unreachable') && /certificate/.test(error.message),
    );
  });
});

describe('a cluster', () => {
  let cluster: RedisCluster;
  before(async () => (cluster = await startCluster()));
  after(() => cluster.stop());

  test('a node that is gone takes only its own keys with it, and they are back when it is', () =>
    connected(cluster.url, async (store) => {
      const keys = Array.from({ length: 30 }, (_, i) => `call:{${i}}:test`);
      await Promise.all(keys.map((key) => works(store, key)));
      const [lost] = cluster.nodes;
      assert.ok(lost);
      await lost.kill();
      const failed = new Set<string>();
      for (let round = 0; round < 10; round++)
        for (const key of keys) await store.send(key, ['GET', key]).catch(() => failed.add(key));
      assert.ok(failed.size > 0 && failed.size < keys.length, `${failed.size} of ${keys.length} failed`);
      const others = keys.filter((key) => !failed.has(key));
      await Promise.all(others.map((key) => store.send(key, ['GET', key])));
      await lost.restart();
      await Promise.all(keys.map((key) => works(store, key)));
    }));

  test('keys that move to another node are followed, also while they are on their way', () =>
    connected(cluster.url, async (store) => {
      const clients = await Promise.all(cluster.nodes.map(({ url }) => createClient({ url }).connect()));
      const ask = (node: number, ...args: (string | number)[]) =>
        clients[node]!.sendCommand<string>(args.map(String));
      const [here, there] = await Promise.all([ask(0, 'CLUSTER', 'MYID'), ask(1, 'CLUSTER', 'MYID')]);
      const [key, slot] = await keyOn(clients[0]!);
      await works(store, key);
      await ask(1, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', here);
      await ask(0, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', there);
      await ask(0, 'MIGRATE', '127.0.0.1', cluster.nodes[1]!.port, key, 0, 1000);
      assert.equal(await store.send(key, ['GET', key]), 'v');
      for (const node of [1, 0]) await ask(node, 'CLUSTER', 'SETSLOT', slot, 'NODE', there);
      assert.equal(await store.send(key, ['SET', key, 'w']), 'OK');
      assert.equal(await ask(1, 'GET', key), 'w');
      for (const client of clients) client.destroy();
    }));

  test('a node that stands still is given up, and found again when it goes on', () =>
    connected(cluster.url, async (store) => {
      const keys = Array.from({ length: 30 }, (_, i) => `call:{${i}}:test`);
      await Promise.all(keys.map((key) => works(store, key)));
      cluster.nodes[1]?.freeze();
      const outcomes = await Promise.allSettled(keys.map((key) => store.send(key, ['GET', key])));
      const failed = outcomes.filter(({ status }) => status === 'rejected').length;
      assert.ok(failed > 0 && failed < keys.length, `${failed} of ${keys.length} failed`);
      cluster.nodes[1]?.thaw();
      await Promise.all(keys.map((key) => works(store, key)));
    }));
});

/** A key in a slot that the node serves, and that slot. */
async function keyOn(node: { sendCommand(args: string[]): Promise<unknown> }): Promise<[string, number]> {
  for (let i = 0; ; i++) {
    const key = `call:{moving-${i}}:test`;
    const slot = Number(await node.sendCommand(['CLUSTER', 'KEYSLOT', key]));
    if (slot < 5000) return [key, slot];
  }
}
