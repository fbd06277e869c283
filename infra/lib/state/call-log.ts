import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { accessStrings, type LogUser, logUsers, userId } from './access.ts';
import { addMemoryDb } from './memory-db.ts';
import { valkeyGroup } from './replication-group.ts';
import { passwordOf, passwordSecret } from './secrets.ts';
import type { StoreSizes } from './sizes.ts';
import { type StorePlace, storePort } from './subnets.ts';

/** By user: the URL that names it (without its password), and the secret whose field `password` is its own. */
export type CallLogUsers = Record<LogUser, { url: string; password: ISecret }>;

/**
 * The store of the calls' logs, where nothing acknowledged may be lost: ElastiCache for Valkey 9 with synchronous durability, or MemoryDB
 * (`aws.callLog`). Cluster mode either way; TLS alone; no default user.
 */
export function addCallLog(scope: Construct, place: StorePlace, sizes: StoreSizes['callLog']): CallLogUsers {
  const inMemoryDb = place.deployment.settings.callLog === 'memorydb';
  const kind = inMemoryDb ? 'memorydb-user' : 'elasticache-user';
  const password = (user: LogUser) =>
    passwordSecret(scope, `LogPassword-${user}`, {
      target: { kind, id: userId(user) },
      key: place.keys.data,
      what: `the ${user}'s password in the call log`,
    });
  const passwords = { agent: password('agent'), recorder: password('recorder') };
  const add = inMemoryDb ? addMemoryDb : addElastiCache;
  const host = add(scope, place, sizes, passwords);
  const access = (user: LogUser, name: string) => ({
    url: `rediss-cluster://${name}@${host}:${storePort}`,
    password: passwords[user],
  });
  // A user of MemoryDB has no name but its id.
  return {
    agent: access('agent', inMemoryDb ? userId('agent') : 'agent'),
    recorder: access('recorder', inMemoryDb ? userId('recorder') : 'recorder'),
  };
}

/** @returns host name of the configuration endpoint */
function addElastiCache(
  scope: Construct,
  place: StorePlace,
  { node, shards, replicas }: StoreSizes['callLog'],
  passwords: Record<LogUser, ISecret>,
): string {
  const users = logUsers.map(
    (user) =>
      new elasticache.CfnUser(scope, `LogUser-${user}`, {
        ...{ engine: 'valkey', userId: userId(user), userName: user },
        accessString: accessStrings[user],
        authenticationMode: { Type: 'password', Passwords: [passwordOf(passwords[user])] },
      }),
  );
  const access = new elasticache.CfnUserGroup(scope, 'LogUsers', {
    ...{ engine: 'valkey', userGroupId: 'vestibule-call-log', userIds: users.map(({ ref }) => ref) },
  });
  const group = valkeyGroup(scope, place, {
    name: 'call-log',
    what: "the calls' logs",
    node,
    engine: { version: '9.0', family: 'valkey9' },
    parameters: { 'cluster-enabled': 'yes' },
    snapshotDays: 1,
    with: {
      // An answer comes when the write is in the log of several zones. Set when the store is made, and never again.
      durability: 'sync',
      ...{ clusterMode: 'enabled', numNodeGroups: shards, replicasPerNodeGroup: replicas },
      ...{ automaticFailoverEnabled: true, multiAzEnabled: true },
      ...{ transitEncryptionEnabled: true, transitEncryptionMode: 'required' },
      userGroupIds: [access.ref],
    },
  });
  if (place.deployment.settings.size === 'prod') group.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(group).acknowledge(
    {
      id: 'AwsSolutions-AEC6',
      reason:
        'In place of one token each app is a user of its own, with the keys and commands that it needs (RBAC).',
    },
    {
      id: 'HIPAA.Security-ElastiCacheRedisClusterAutomaticBackup',
      reason:
        'An erased call stays in a snapshot until that expires, so they are kept for a day. Durability rests on the log in several zones, and sealed records are under Object Lock in S3.',
    },
  );
  return group.attrConfigurationEndPointAddress;
}
