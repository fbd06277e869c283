import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { isCodedError } from '@vestibule/core';
import { RedisLogStore, StoreConnection } from '@vestibule/record';
import { type RedisServer, startRedis } from '@vestibule/record/testing';
import { accessStrings, type LogUser, logUsers } from './access.ts';

/** The access strings, tried on a real server with the code that will go by them. */

let server: RedisServer;

/** A cluster of one node, as the call log is a cluster. */
before(async () => {
  const busPort = await freePort();
  const config = () => [
    ...['cluster-enabled yes', `cluster-port ${busPort}`, 'user default off', 'user admin on >pw ~* +@all'],
    ...logUsers.map((user) => `user ${user} >pw ${accessStrings[user]}`),
  ];
  server = await startRedis({ config });
  const admin = await StoreConnection.open(`redis://admin:pw@127.0.0.1:${server.port}`, () => {});
  await admin.send('', ['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
  while (!String(await admin.send('', ['CLUSTER', 'INFO'])).includes('cluster_state:ok'))
    await setImmediate();
  admin.destroy();
});
after(() => server.stop());

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  return port;
}

const urlOf = (user: LogUser) => `redis-cluster://${user}:pw@127.0.0.1:${server.port}`;
const refused = (error: unknown) => isCodedError(error, 'misconfigured');

for (const user of logUsers)
  test(`the ${user} claims, renews, keeps a key, reads, forgets and releases`, async () => {
    const store = await RedisLogStore.connect(urlOf(user), () => {});
    const lease = await store.claim('call-1', user, 5000);
    assert.ok(lease);
    await store.renew(lease, 5000);
    await store.keepKey(lease, 'wrapped');
    assert.equal(await store.wrappedKey('call-1'), 'wrapped');
    assert.deepEqual(await store.read('call-1'), []);
    assert.equal(await store.holder('call-1'), user);
    await store.expire('call-1', 5000);
    await store.dropKey('call-1');
    await store.release(lease);
    await store.close();
  });

const queue = '{desk}:waiting';
const lastCall = '{last-call:abc}';

test('the agent keeps the queue and callers’ last calls; the recorder may do neither', async () => {
  const agent = await StoreConnection.open(urlOf('agent'), () => {});
  await agent.send(queue, ['ZADD', queue, 'NX', '1', 'room']);
  assert.equal(await agent.send(queue, ['ZCARD', queue]), 1);
  await agent.send(lastCall, ['SET', lastCall, 'call-1', 'PX', '1000', 'GET']);
  const recorder = await StoreConnection.open(urlOf('recorder'), () => {});
  await assert.rejects(recorder.send(queue, ['ZADD', queue, '1', 'room']), refused);
  await assert.rejects(recorder.send(lastCall, ['GET', lastCall]), refused);
  assert.deepEqual(await recorder.send('{desk}:open', ['HGETALL', '{desk}:open']), []);
  agent.destroy();
  recorder.destroy();
});

test('neither gets at other keys, or at the server', async () => {
  for (const user of logUsers) {
    const store = await StoreConnection.open(urlOf(user), () => {});
    await assert.rejects(store.send('x', ['GET', 'x']), refused);
    for (const command of [['FLUSHALL'], ['CONFIG', 'GET', '*'], ['KEYS', '*'], ['ACL', 'LIST']])
      await assert.rejects(store.send('x', command), refused);
    store.destroy();
  }
});

const root = new URL('../../../', import.meta.url).pathname;
const sources = [
  'packages/record/src/store',
  'apps/agent/src/desk',
  'apps/agent/src/call',
  'apps/recorder/src',
];

test('every command in the sources of the apps is one that the agent has', () => {
  const commands = new Set(sources.flatMap((folder) => commandsIn(join(root, folder))));
  assert.ok(commands.has('evalsha') && commands.has('zadd') && commands.has('xadd'));
  // Those are of Sentinels, which are not used here.
  for (const other of ['sentinel', 'role']) commands.delete(other);
  const granted = accessStrings.agent.split(' ');
  assert.deepEqual(
    [...commands].filter((command) => !granted.includes(`+${command}`)),
    [],
  );
});

function commandsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:\[|redis\.call\()'((?!SIG)[A-Z]{3,})'/g),
    ])
    .map(([, command = '']) => command.toLowerCase());
}
