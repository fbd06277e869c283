import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import * as memorydb from 'aws-cdk-lib/aws-memorydb';
import type { Construct } from 'constructs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { accessStrings, type LogUser, logUsers, userId } from './access.ts';
import { passwordOf } from './secrets.ts';
import type { StoreSizes } from './sizes.ts';
import { dataSubnets, type StorePlace, storePort } from './subnets.ts';

/** The calls' logs in MemoryDB, which is durable in several zones by itself. @returns host name of the cluster's endpoint */
export function addMemoryDb(
  scope: Construct,
  place: StorePlace,
  { memoryDb: nodeType, shards, replicas }: StoreSizes['callLog'],
  passwords: Record<LogUser, ISecret>,
): string {
  const users = logUsers.map(
    (user) =>
      new memorydb.CfnUser(scope, `LogUser-${user}`, {
        userName: userId(user),
        accessString: accessStrings[user],
        authenticationMode: { Type: 'password', Passwords: [passwordOf(passwords[user])] },
      }),
  );
  const acl = new memorydb.CfnACL(scope, 'LogUsers', {
    aclName: 'vestibule-call-log',
    userNames: users.map(({ ref }) => ref),
  });
  const subnets = new memorydb.CfnSubnetGroup(scope, 'Subnets-call-log', {
    subnetGroupName: 'vestibule-call-log',
    description: "vestibule: the calls' logs",
    subnetIds: dataSubnets(place),
  });
  const parameters = new memorydb.CfnParameterGroup(scope, 'Parameters-call-log', {
    parameterGroupName: 'vestibule-call-log',
    description: "vestibule: the calls' logs",
    family: 'memorydb_valkey7',
    parameters: { 'maxmemory-policy': 'noeviction' },
  });
  const cluster = new memorydb.CfnCluster(scope, 'Store-call-log', {
    clusterName: 'vestibule-call-log',
    description: "vestibule: the calls' logs",
    ...{ engine: 'valkey', engineVersion: '7.3', nodeType, port: storePort, tlsEnabled: true },
    ...{ numShards: shards, numReplicasPerShard: replicas, aclName: acl.ref },
    ...{ parameterGroupName: parameters.ref, subnetGroupName: subnets.ref },
    securityGroupIds: [place.network.groupOf('call-log')],
    kmsKeyId: place.keys.data.keyArn,
    // An erased call stays in a snapshot until that expires.
    ...{ snapshotRetentionLimit: 1, autoMinorVersionUpgrade: true },
  });
  if (place.deployment.settings.size === 'prod') cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return cluster.attrClusterEndpointAddress;
}
