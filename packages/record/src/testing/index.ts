export { OutageStore } from './outage-store.ts';
export { type RedisCluster, startCluster } from './redis-cluster.ts';
export { type RedisServer, startRedis } from './redis-server.ts';
export { logStoreRights, startSecureRedis } from './secure-redis.ts';
