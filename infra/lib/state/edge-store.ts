import { CfnOutput } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { plainGroup } from './replication-group.ts';
import type { StoreSizes } from './sizes.ts';
import type { StorePlace } from './subnets.ts';

/**
 * RTPEngine's calls, a database for each zone: addresses, ports and the SRTP keys of calls in progress. RTPEngine 10.5 has no TLS: stunnel speaks it on the
 * edge host, and looks the name up for each connection, so that a fail-over is followed.
 * @returns the secret of its token, which the edge hosts read.
 */
export function addEdgeStore(
  scope: Construct,
  place: StorePlace,
  { edge: node, nodes }: StoreSizes,
): { password: ISecret } {
  const { address, password } = plainGroup(scope, place, {
    name: 'edge-store',
    what: "RTPEngine's calls",
    node,
    nodes,
    token: 'EdgeStoreToken',
  });
  new CfnOutput(scope, 'EdgeStoreUrl', {
    value: `rediss://${address}`,
    description: 'For edge.private.store, with /0 for the first zone, /1 for the second',
  });
  return { password };
}
