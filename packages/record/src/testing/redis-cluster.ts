import { createClient } from 'redis';
import { until } from './until.ts';
import { freePort, type RedisServer, startRedis } from './redis-server.ts';
import { logStoreRights } from './secure-redis.ts';

export type ClusterNode = RedisServer & { busPort: number };

export interface RedisCluster {
  url: string;
  nodes: ClusterNode[];
  stop(): Promise<void>;
}

const slots = 16_384;

/** A real Redis Cluster: `primaries` servers, each with its share of the slots. Resolves when all of them call it whole. */
export async function startCluster(primaries = 3): Promise<RedisCluster> {
  const nodes = await Promise.all(Array.from({ length: primaries }, startNode));
  const clients = await Promise.all(nodes.map(({ url }) => createClient({ url }).connect()));
  const share = Math.ceil(slots / primaries);
  await Promise.all(
    clients.map(async (client, i) => {
      const range = { start: i * share, end: Math.min((i + 1) * share, slots) - 1 };
      await client.clusterAddSlotsRange(range);
      await client.sendCommand(['CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1)]);
    }),
  );
  for (const { port, busPort } of nodes.slice(1))
    await clients[0]!.sendCommand(['CLUSTER', 'MEET', '127.0.0.1', String(port), String(busPort)]);
  for (const client of clients) await until('the cluster is whole', () => isWhole(client, primaries));
  for (const client of clients) client.destroy();
  return {
    url: `redis-cluster://vestibule:pw@${nodes.map(({ port }) => `127.0.0.1:${port}`).join()}`,
    nodes,
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  };
}

async function startNode(): Promise<ClusterNode> {
  const busPort = await freePort();
  const config = () => [
    ...['cluster-enabled yes', `cluster-port ${busPort}`, 'cluster-node-timeout 1000'],
    'cluster-require-full-coverage no',
    `user vestibule on >pw ${logStoreRights} +cluster|slots +asking`,
  ];
  return { ...(await startRedis({ config })), busPort };
}

async function isWhole(client: { clusterInfo(): Promise<string> }, primaries: number): Promise<boolean> {
  const info = await client.clusterInfo();
  return info.includes('cluster_state:ok') && info.includes(`cluster_size:${primaries}`);
}
