import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startCluster } from '../testing/redis-cluster.ts';
import { startRedis } from '../testing/redis-server.ts';
import { startSecureRedis } from '../testing/secure-redis.ts';
import { CallBackQueue } from './call-back-queue.ts';

for (const [name, start] of [
  ['one server', startRedis],
  ['TLS, as a user with the log store’s rights', startSecureRedis],
  ['a cluster', startCluster],
] as const) {
  describe(`call-backs to be made: ${name}`, () => {
    let server: { url: string; stop: () => Promise<void> };
    let queue: CallBackQueue;
    before(async () => {
      server = await start();
      queue = await CallBackQueue.connect(server.url, () => {});
    });
    after(async () => {
      queue.close();
      await server.stop();
    });
    beforeEach(async () => {
      for (const { id } of await queue.list()) await queue.cancel(id);
    });

    test('none is taken before it is due; the first that is, first', async () => {
      await queue.add({ id: 'CB1-b', at: 200 });
      await queue.add({ id: 'CB1-a', at: 100 });
      assert.equal(await queue.take(99, 1000), undefined);
      assert.equal(await queue.take(200, 1000), 'CB1-a');
      assert.equal(await queue.take(200, 1000), 'CB1-b');
      assert.equal(await queue.take(200, 1000), undefined);
    });

    test('of many workers that ask at once each gets another one', async () => {
      const ids = ['a', 'b', 'c', 'd'].map((call) => `CB1-${call}`);
      for (const id of ids) await queue.add({ id, at: 1 });
      const taken = await Promise.all(Array.from({ length: 8 }, () => queue.take(10, 1000)));
      assert.deepEqual(taken.filter((id) => id !== undefined).sort(), ids);
    });

    test('one whose worker died is offered again', async () => {
      await queue.add({ id: 'CB1-a', at: 1 });
      await queue.take(10, 50);
      assert.equal(await queue.take(49, 100), undefined);
      assert.equal(await queue.take(50, 100), 'CB1-a');
    });

    test('one that is there keeps its time, however often it is added', async () => {
      await queue.add({ id: 'CB1-a', at: 1 });
      await queue.add({ id: 'CB1-a', at: 500 });
      assert.deepEqual(await queue.list(), [{ id: 'CB1-a', at: 1 }]);
    });

    test('an attempt that is over is followed by the next, once', async () => {
      await queue.add({ id: 'CB1-a', at: 1 });
      await queue.follow('CB1-a', { id: 'CB2-a', at: 9 });
      await queue.follow('CB1-a', { id: 'CB2-a', at: 700 });
      assert.deepEqual(await queue.list(), [{ id: 'CB2-a', at: 9 }]);
      await queue.follow('CB2-a', undefined);
      assert.deepEqual(await queue.list(), []);
    });

    test('one that was cancelled while it was being made is not kept, and not followed', async () => {
      await queue.add({ id: 'CB1-a', at: 1 });
      assert.equal(await queue.keep('CB1-a', 30), true);
      assert.deepEqual(await queue.list(), [{ id: 'CB1-a', at: 30 }]);
      assert.equal(await queue.cancel('CB1-a'), true);
      assert.equal(await queue.cancel('CB1-a'), false);
      assert.equal(await queue.keep('CB1-a', 60), false);
      await queue.follow('CB1-a', { id: 'CB2-a', at: 9 });
      assert.deepEqual(await queue.list(), []);
    });
  });
}
