import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { genesis } from '../../log/chain.ts';
import { StoreConnection } from '../../store/connection.ts';
import { appendScript, claimScript, releaseScript, renewScript } from '../../store/redis-scripts.ts';
import { callKeys } from '../../store/redis-store.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { bounds, protocol } from './protocol.ts';
import type { Bounds, Rules } from './protocol-model.ts';
import { explore } from './search.ts';
import { type Reply, type Request, serve, type Store } from './store-model.ts';

/** Each store and request that the search came across. */
const asked = new Map<string, { store: Store; request: Request }>();

test('two workers, crashes, freezes, late and lost messages: no state breaks an invariant', (t) => {
  const outcome = explore(bounds, protocol, {
    onStep: ({ store }, { request }) => {
      if (request) asked.set(JSON.stringify([store, request]), { store, request });
    },
  });
  t.diagnostic(`${outcome.states} states, ${outcome.steps} steps between them, ${outcome.depth} deep`);
  assert.equal(outcome.violation, undefined);
  assert.ok(outcome.states > 100_000);
});

const twoVoices = 'never two speakers at once';
const mutants: [what: string, invariant: string, Partial<Rules>, Partial<Bounds>?][] = [
  [
    'an append that does not check the lease',
    'no append of a stale writer is accepted',
    { appendChecksLease: false },
  ],
  ['an append that does not check the head', 'the log never forks', { appendChecksHead: false }],
  ['a claim of what is held', twoVoices, { claimChecksLease: false }],
  ['a renewal of another’s lease', twoVoices, { renewChecksLease: false }],
  ['no margin, with clocks that differ', twoVoices, {}, { marginTicks: 0 }],
  ['clocks that differ by more than the margin', twoVoices, {}, { skewTicks: 2 }],
  ['a lease that counts from the answer', twoVoices, { validSinceAsked: false }],
  ['a thawed worker that does not look at the clock', twoVoices, { looksAtClockWhenThawed: false }],
  ['an effect before its receipt', 'no effect without its entry', { effectAfterReceipt: false }],
  ['a lease that never ends', 'a free call is claimed in the end', { leasesEnd: false }],
];

for (const [what, invariant, rules, other] of mutants)
  test(`the search finds ${what}`, (t) => {
    const { violation, states } = explore({ ...bounds, ...other }, { ...protocol, ...rules });
    t.diagnostic(`after ${states} states: ${violation?.trace.join(', ')}`);
    assert.equal(violation?.invariant, invariant);
  });

let redis: RedisServer;
let connection: StoreConnection;
before(async () => {
  redis = await startRedis();
  connection = await StoreConnection.open(redis.url, () => {});
});
after(async () => {
  connection.destroy();
  await redis.stop();
});

/** A tick on a real server, ms: so long that no lease ends by itself. */
const tickMs = 100_000;
const token = (fence: number) => `w#${fence}`;
const hashOf = (id: number) => (id === 0 ? genesis : String(id));

test('the Lua scripts answer and change what the model’s store does, for all that the search came across', async (t) => {
  assert.ok(asked.size > 20, 'the search ran before');
  for (const [name, { store, request }] of asked) {
    const call = callKeys(name);
    await put(call, store);
    const [changed, reply] = serve(store, request, bounds.leaseTicks, protocol);
    assert.deepEqual(await ask(call, store, request), reply, name);
    assert.deepEqual(await get(call), changed, name);
  }
  t.diagnostic(`${asked.size} stores and requests`);
});

type Keys = ReturnType<typeof callKeys>;

async function put({ lease, fence, head, log }: Keys, store: Store): Promise<void> {
  const send = (...args: string[]) => connection.send(lease, args);
  if (store.fence > 0) await send('SET', fence, String(store.fence));
  if (store.lease)
    await send('SET', lease, token(store.lease.fence), 'PX', String(store.lease.left * tickMs));
  for (const [i, { id, previous }] of store.log.entries()) {
    await send('XADD', log, `${i + 1}-0`, 'header', String(previous), 'sealed', String(id));
    await send('SET', head, hashOf(id));
  }
}

async function ask(keys: Keys, { log }: Store, request: Request): Promise<Reply> {
  const { lease, fence, head } = keys;
  const ttl = String(bounds.leaseTicks * tickMs);
  switch (request.kind) {
    case 'claim': {
      const by = request.late ? 0 : Number.MAX_SAFE_INTEGER;
      return Math.max(0, Number(await connection.run(claimScript, [lease, fence], ['w', ttl, String(by)])));
    }
    case 'renew':
      return (await connection.run(renewScript, [lease], [token(request.fence), ttl])) === 1
        ? 'OK'
        : 'FENCED';
    case 'release':
      await connection.run(releaseScript, [lease], [token(request.fence)]);
      return 'OK';
    case 'append': {
      const { id, previous } = request.entry;
      const number = String(log.length + 1);
      const args = [hashOf(previous), hashOf(id), number, String(previous), String(id)];
      return (await connection.run(
        appendScript,
        [lease, head, keys.log],
        [token(request.fence), ...args],
      )) as Reply;
    }
  }
}

async function get({ lease, fence, log, head }: Keys): Promise<Store> {
  const send = (...args: string[]) => connection.send(lease, args);
  const held = (await send('GET', lease)) as string | null;
  const left = Math.ceil(Number(await send('PTTL', lease)) / tickMs);
  const messages = (await send('XRANGE', log, '-', '+')) as [string, string[]][];
  const entries = messages.map(([, fields]) => ({ id: Number(fields[3]), previous: Number(fields[1]) }));
  assert.equal((await send('GET', head)) ?? genesis, hashOf(entries.at(-1)?.id ?? 0));
  return {
    fence: Number(await send('GET', fence)),
    log: entries,
    ...(held === null ? {} : { lease: { fence: Number(held.split('#')[1]), left } }),
  };
}
