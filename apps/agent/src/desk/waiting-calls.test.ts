import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCluster, startRedis, startSecureRedis } from '@vestibule/record/testing';
import { WaitingCalls } from './waiting-calls.ts';

for (const [name, start] of [
  ['one server', startRedis],
  ['TLS, as a user with the log store’s rights', startSecureRedis],
  ['a cluster', startCluster],
] as const) {
  describe(`waiting calls: ${name}`, () => {
    let server: { url: string; stop: () => Promise<void> };
    let waiting: WaitingCalls;
    before(async () => {
      server = await start();
      waiting = await WaitingCalls.connect(server.url, () => {});
    });
    after(async () => {
      waiting.close();
      await server.stop();
    });

    test('rooms are taken by the time they were first seen; when there is none, nothing is', async () => {
      await waiting.add('second', 2);
      await waiting.add('first', 1);
      await waiting.add('first', 3);
      assert.equal(await waiting.take(1), 'first');
      assert.equal(await waiting.take(1), 'second');
      assert.equal(await waiting.take(0.05), undefined);
    });

    test('a room that is held waits again when its time is over, unless it was let go', async () => {
      await waiting.hold('let-go', 1);
      await waiting.letGo('let-go');
      await waiting.hold('lost', 1);
      await waiting.hold('alive', 60_000);
      const taken = waiting.take(10);
      let over = false;
      void taken.finally(() => (over = true));
      while (!over) await waiting.sweep();
      assert.equal(await taken, 'lost');
      assert.equal(await waiting.take(0.05), undefined);
    });

    test('a room is left to caller and staff until they are done, and no longer than a day', async () => {
      const day = 86_400_000;
      await waiting.leaveToStaff('room-1', 1000);
      await waiting.leaveToStaff('room-2', 2000);
      await waiting.leaveToStaff('room-3', 3000);
      await waiting.staffDone('room-2');
      assert.deepEqual(await waiting.withStaff(3000), new Set(['room-1', 'room-3']));
      assert.deepEqual(await waiting.withStaff(1000 + day), new Set(['room-3']));
    });

    test('a call is open from its begin until it is sealed', async () => {
      await waiting.opened('c1', 'room-1');
      await waiting.opened('c2', 'room-2');
      await waiting.sealed('c1');
      assert.deepEqual(await waiting.openCalls(), [['c2', 'room-2']]);
    });
  });
}
