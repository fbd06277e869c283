import { RemovalPolicy } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { passwordOf, passwordSecret } from './secrets.ts';
import { inOneZone, withoutSnapshots } from './suppressions.ts';
import { dataSubnets, type StorePlace, storePort } from './subnets.ts';

export interface ValkeyGroup {
  /** Also the place in the flow matrix whose security group it has. */
  name: 'bus' | 'call-log' | 'edge-store';
  what: string;
  node: string;
  /** Major version, which names the parameters' family. */
  engine: { version: string; family: string };
  parameters?: Record<string, string>;
  snapshotDays: number;
  /** All else that ElastiCache has. */
  with: Partial<elasticache.CfnReplicationGroupProps>;
}

export const groupId = (name: ValkeyGroup['name']) => `vestibule-${name}`;

/** Nodes of Valkey behind the security group of their place, encrypted with the data key. Full memory refuses writes: nothing is evicted. */
export function valkeyGroup(
  scope: Construct,
  place: StorePlace,
  { name, what, node, engine, parameters = {}, snapshotDays, with: rest }: ValkeyGroup,
): elasticache.CfnReplicationGroup {
  const { network, keys } = place;
  const subnets = new elasticache.CfnSubnetGroup(scope, `Subnets-${name}`, {
    description: `vestibule: ${what}`,
    subnetIds: dataSubnets(place),
  });
  const settings = new elasticache.CfnParameterGroup(scope, `Parameters-${name}`, {
    description: `vestibule: ${what}`,
    cacheParameterGroupFamily: engine.family,
    properties: { 'maxmemory-policy': 'noeviction', ...parameters },
  });
  const log = engineLog(scope, name, place);
  return new elasticache.CfnReplicationGroup(scope, `Store-${name}`, {
    replicationGroupId: groupId(name),
    replicationGroupDescription: `vestibule: ${what}`,
    ...{ engine: 'valkey', engineVersion: engine.version, cacheNodeType: node, port: storePort },
    cacheParameterGroupName: settings.ref,
    cacheSubnetGroupName: subnets.ref,
    securityGroupIds: [network.groupOf(name)],
    ...{ atRestEncryptionEnabled: true, kmsKeyId: keys.data.keyArn },
    ...{ autoMinorVersionUpgrade: true, snapshotRetentionLimit: snapshotDays },
    logDeliveryConfigurations: [
      {
        ...{ destinationType: 'cloudwatch-logs', logFormat: 'json', logType: 'engine-log' },
        destinationDetails: { cloudWatchLogsDetails: { logGroup: log.logGroupName } },
      },
    ],
    ...rest,
  });
}

/**
 * A store without cluster mode whose loss costs no record: a node in each zone, no snapshots; TLS alone, with a token.
 * @param token id of the token's secret.
 * @returns `address`, host and port: AWS's own name, which the certificate has; the secret, whose field `password` is the AUTH token.
 */
export function plainGroup(
  scope: Construct,
  place: StorePlace,
  { nodes, token, ...group }: Pick<ValkeyGroup, 'name' | 'what' | 'node'> & { nodes: number; token: string },
): { address: string; password: ISecret } {
  const password = passwordSecret(scope, token, {
    target: { kind: 'elasticache-group', id: groupId(group.name) },
    key: place.keys.data,
    what: `token of ${group.what}`,
  });
  const made = valkeyGroup(scope, place, {
    ...group,
    engine: { version: '8.2', family: 'valkey8' },
    snapshotDays: 0,
    with: {
      ...{ clusterMode: 'disabled', numCacheClusters: nodes },
      ...{ automaticFailoverEnabled: nodes > 1, multiAzEnabled: nodes > 1 },
      ...{ transitEncryptionEnabled: true, transitEncryptionMode: 'required' },
      authToken: passwordOf(password),
    },
  });
  withoutSnapshots(made);
  inOneZone(made, nodes);
  return { address: `${made.attrPrimaryEndPointAddress}:${storePort}`, password };
}

/** Not the slow log: it repeats commands, and those of LiveKit and RTPEngine name callers' numbers. */
function engineLog(scope: Construct, name: string, { keys }: StorePlace): logs.LogGroup {
  return new logs.LogGroup(scope, `Log-${name}`, {
    logGroupName: `/vestibule/${name}`,
    encryptionKey: keys.logs,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
