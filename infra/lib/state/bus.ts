import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { groupId, plainGroup } from './replication-group.ts';
import { passwordOf, passwordSecret } from './secrets.ts';
import type { StoreSizes } from './sizes.ts';
import { type StorePlace, storePort } from './subnets.ts';

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
  const group = plainGroup(scope, place, {
    ...{ name: 'bus', what: 'the bus of LiveKit', node, nodes },
    with: { transitEncryptionMode: 'required', authToken: passwordOf(password) },
  });
  return { address: `${group.attrPrimaryEndPointAddress}:${storePort}`, password };
}
