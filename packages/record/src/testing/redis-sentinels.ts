import { createClient } from 'redis';
import { type RedisServer, startRedis } from './redis-server.ts';
import { logStoreRights } from './secure-redis.ts';
import { until } from './until.ts';

export interface Replicated {
  /** As the log store's user. */
  url: string;
  /** The primary at first, and its replica. */
  first: RedisServer;
  second: RedisServer;
  /** From now on what the first server acknowledges does not reach the second. */
  cutReplication(): Promise<void>;
  /** Resolves when the second server has all that the first one had when asked. */
  replicated(): Promise<void>;
  stop(): Promise<void>;
}

/** A real primary with a replica, watched by three real Sentinels that fail over after half a second. */
export async function startReplicated(): Promise<Replicated> {
  const common = [
    ...['masteruser repl', 'masterauth pw', 'user repl on >pw +psync +replconf +ping'],
    ...['repl-diskless-sync-delay 0', `user vestibule on >pw ${logStoreRights} +role`],
  ];
  const first = await startRedis({ config: () => common });
  const second = await startRedis({ config: () => [...common, `replicaof 127.0.0.1 ${first.port}`] });
  const offsets = async () => Promise.all([first, second].map(replicationOffset));
  await until('the replica is in step', async () => {
    const [primary, replica] = await offsets();
    return primary === replica && (await infoOf(second)).includes('master_link_status:up');
  });
  const sentinels = await Promise.all(Array.from({ length: 3 }, () => startSentinel(first.port)));
  await Promise.all(sentinels.map(knowsAll));
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join();
  return {
    url: `redis-sentinel://vestibule:pw@${hosts}#log`,
    first,
    second,
    cutReplication: async () => {
      await ask(first, 'ACL', 'SETUSER', 'repl', 'off');
      await ask(first, 'CLIENT', 'KILL', 'TYPE', 'replica');
    },
    replicated: async () => {
      const [wanted = 0] = await offsets();
      await until('the replica is in step', async () => ((await offsets())[1] ?? 0) >= wanted);
    },
    stop: async () => void (await Promise.all([...sentinels, first, second].map((server) => server.stop()))),
  };
}

function startSentinel(primaryPort: number): Promise<RedisServer> {
  const config = () => [
    `sentinel monitor log 127.0.0.1 ${primaryPort} 2`,
    ...['sentinel down-after-milliseconds log 500', 'sentinel failover-timeout log 2000'],
  ];
  return startRedis({ sentinel: true, config });
}

async function knowsAll(sentinel: RedisServer): Promise<void> {
  await until('the Sentinels know each other and the replica', async () => {
    const reply = (await ask(sentinel, 'SENTINEL', 'MASTER', 'log')) as string[];
    const fact = (name: string) => reply[reply.indexOf(name) + 1];
    return fact('num-other-sentinels') === '2' && fact('num-slaves') === '1' && fact('flags') === 'master';
  });
}

async function replicationOffset(server: RedisServer): Promise<number> {
  return Number(/master_repl_offset:(\d+)/.exec(await infoOf(server))?.[1]);
}

const infoOf = async (server: RedisServer) => String(await ask(server, 'INFO', 'replication'));

async function ask({ url }: RedisServer, ...args: string[]): Promise<unknown> {
  const client = await createClient({ url, RESP: 2 }).connect();
  try {
    return await client.sendCommand(args);
  } finally {
    client.destroy();
  }
}
