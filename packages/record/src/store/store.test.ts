import { after } from 'node:test';
import { ManualClock } from '@vestibule/core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryLogStore } from './memory-store.ts';
import { RedisLogStore } from './redis-store.ts';
import { startRedis } from '../testing/redis-server.ts';
import { storeContract } from '../testing/store-contract.ts';

const redis = await startRedis();
after(redis.stop);

storeContract('memory', async () => new MemoryLogStore());
storeContract('Redis', () => RedisLogStore.connect(redis.url, () => {}));

test('a lease ends by itself, and then another may claim', async () => {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  await store.claim('c', 'w1', 1000);
  await clock.advance(999);
  assert.equal(await store.claim('c', 'w2', 1000), undefined);
  await clock.advance(1);
  assert.equal((await store.claim('c', 'w2', 1000))?.fence, 2);
});
