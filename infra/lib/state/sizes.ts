import type { Deployment } from '../deployment.ts';

/** Of what and how much the stores are made. */
export interface StoreSizes {
  /** Nodes of a store without cluster mode, the primary among them. */
  nodes: number;
  bus: string;
  edge: string;
  callLog: { node: string; memoryDb: string; shards: number; replicas: number };
  openSearch: { node: string; nodes: number; zones: number; master: string | undefined; gibibytes: number };
}

/**
 * `prod` stands in every zone. Synchronous durability wants an r, m or c7gn node and a replica in another zone, so that `dev` has no
 * smaller call log than one shard of two.
 */
export function storeSizes({ settings, zones }: Pick<Deployment, 'settings' | 'zones'>): StoreSizes {
  const spread = zones.length;
  const sizes: Record<Deployment['settings']['size'], StoreSizes> = {
    dev: {
      ...{ nodes: 1, bus: 'cache.t4g.small', edge: 'cache.t4g.small' },
      callLog: { node: 'cache.m7g.large', memoryDb: 'db.t4g.small', shards: 1, replicas: 1 },
      openSearch: { node: 't3.small.search', nodes: 1, zones: 1, master: undefined, gibibytes: 20 },
    },
    prod: {
      ...{ nodes: spread, bus: 'cache.m7g.large', edge: 'cache.m7g.large' },
      callLog: { node: 'cache.r7g.large', memoryDb: 'db.r7g.large', shards: 2, replicas: spread - 1 },
      openSearch: {
        ...{ node: 'm7g.large.search', nodes: spread, zones: spread },
        ...{ master: 'm7g.medium.search', gibibytes: 100 },
      },
    },
  };
  return sizes[settings.size];
}
