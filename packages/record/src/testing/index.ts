export { createAnchored, exampleRecord } from './example-record.ts';
export { OutageStore } from './outage-store.ts';
export { type RedisCluster, startCluster } from './redis-cluster.ts';
export { type Replicated, startReplicated } from './redis-sentinels.ts';
export { type RedisServer, startRedis } from './redis-server.ts';
export { type S3Server, startS3 } from './s3-server.ts';
export { logStoreRights, startSecureRedis } from './secure-redis.ts';
