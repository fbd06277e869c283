import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { startCluster } from '../testing/redis-cluster.ts';
import { startRedis } from '../testing/redis-server.ts';
import { startS3 } from '../testing/s3-server.ts';
import { logStoreRights, startSecureRedis } from '../testing/secure-redis.ts';
import { appendsComeFirst, storeContract } from '../testing/store-contract.ts';
import { StoreConnection } from './connection.ts';
import { MemoryLogStore } from './memory-store.ts';
import { RedisLogStore } from './redis-store.ts';
import { S3LogStore } from './s3-store.ts';
import type { LogStore } from './store.ts';

interface Server {
  url: string;
  stop: () => Promise<void>;
}

/** The contract on a real server of its own; one that does not start fails it. */
function contractOn<Running extends Server>(
  name: string,
  start: () => Promise<Running>,
  open: (server: Running) => Promise<LogStore>,
): void {
  describe(name, () => {
    let server: Running;
    before(async () => (server = await start()));
    after(() => server.stop());
    storeContract(name, () => open(server));
  });
}

const onRedis = ({ url }: Server) => RedisLogStore.connect(url, () => {});

const memory = new MemoryLogStore();
storeContract('memory', async () => memory);
contractOn('Redis', startRedis, onRedis);
contractOn('Redis with TLS, as a user with the rights of the README', startSecureRedis, onRedis);
contractOn('Redis Cluster of three primaries', startCluster, onRedis);
contractOn('S3', startS3, async ({ client, bucket }) => new S3LogStore(client, bucket));

test('a server that forgot the scripts, and learnt some again, does in order what is sent to it at once', async () => {
  const server = await startRedis();
  const store = await onRedis(server);
  const connection = await StoreConnection.open(server.url, () => {});
  try {
    await appendsComeFirst(store, async () => {
      await connection.send('', ['SCRIPT', 'FLUSH']);
      await store.release({ callId: 'another', worker: 'w', fence: 1 });
    });
  } finally {
    await Promise.all([store.close(), connection.close()]);
    await server.stop();
  }
});

test('the README lists the rights that the contract was passed with', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  assert.ok(readme.includes(logStoreRights), `README.md lacks: ${logStoreRights}`);
});

test('a lease ends by itself, and then another may claim', async () => {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  await store.claim('c', 'w1', 1000);
  await clock.advance(999);
  assert.equal(await store.claim('c', 'w2', 1000), undefined);
  await clock.advance(1);
  assert.equal((await store.claim('c', 'w2', 1000))?.fence, 2);
});
