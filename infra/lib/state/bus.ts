import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { groupId, valkeyGroup } from './replication-group.ts';
import { passwordOf, passwordSecret } from './secrets.ts';
import type { StoreSizes } from './sizes.ts';
import { type StorePlace, storePort } from './subnets.ts';
import { inOneZone, withoutSnapshots } from './suppressions.ts';

/**
 * LiveKit's bus: cluster mode off, because LiveKit's commands span hash slots; TLS alone, with a token.
 * @returns `address`, host and port: AWS's own name, which the certificate has.
 */
export function addBus(
  scope: Construct,
  place: StorePlace,
  { bus: node, nodes }: StoreSizes,
): { address: string; password: ISecret } {
  const password = passwordSecret(scope, 'BusToken', {
    target: { kind: 'elasticache-group', id: groupId('bus') },
    key: place.keys.data,
    what: "token of LiveKit's bus",
  });
  const group = valkeyGroup(scope, place, {
    name: 'bus',
    what: 'the bus of LiveKit',
    node,
    engine: { version: '8.2', family: 'valkey8' },
    snapshotDays: 0,
    with: {
      ...{ clusterMode: 'disabled', numCacheClusters: nodes },
      ...{ automaticFailoverEnabled: nodes > 1, multiAzEnabled: nodes > 1 },
      ...{ transitEncryptionEnabled: true, transitEncryptionMode: 'required' },
      authToken: passwordOf(password),
    },
  });
  withoutSnapshots(group);
  inOneZone(group, nodes);
  return { address: `${group.attrPrimaryEndPointAddress}:${storePort}`, password };
}
