import { CfnOutput } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { groupId, plainGroup } from './replication-group.ts';
import { passwordOf, passwordSecret } from './secrets.ts';
import type { StoreSizes } from './sizes.ts';
import { type StorePlace, storePort } from './subnets.ts';

/**
 * RTPEngine's calls, a database for each zone: addresses, ports and the SRTP keys of calls in progress, so TLS alone, with a token. RTPEngine 10.5 has no
 * TLS: stunnel speaks it on the edge host, and looks the name up for each connection, so that a fail-over is followed.
 * @returns the secret whose field `password` is its AUTH token; the edge hosts read it.
 */
export function addEdgeStore(
  scope: Construct,
  place: StorePlace,
  { edge: node, nodes }: StoreSizes,
): { password: ISecret } {
  const password = passwordSecret(scope, 'EdgeStoreToken', {
    target: { kind: 'elasticache-group', id: groupId('edge-store') },
    key: place.keys.data,
    what: "token of the edge's store",
  });
  const group = plainGroup(scope, place, {
    ...{ name: 'edge-store', what: "RTPEngine's calls", node, nodes },
    with: { transitEncryptionMode: 'required', authToken: passwordOf(password) },
  });
  new CfnOutput(scope, 'EdgeStoreUrl', {
    // AWS's own name, which the certificate has.
    value: `rediss://${group.attrPrimaryEndPointAddress}:${storePort}`,
    description: 'For edge.private.store, with /0 for the first zone, /1 for the second',
  });
  return { password };
}
