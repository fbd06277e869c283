import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { plainGroup } from './replication-group.ts';
import type { StoreSizes } from './sizes.ts';
import type { StorePlace } from './subnets.ts';

/**
 * RTPEngine's calls, a database for each zone. RTPEngine 10.5 speaks to it in the clear, so TLS is offered (between nodes, and to whoever can) and not
 * required. What crosses the VPC that way are addresses, ports and the SRTP keys of calls in progress.
 *
 * RTPEngine 10.5 looks the name up once, when it starts: after a fail-over it goes on without a store until it is started again.
 * @returns host name of the primary.
 */
export function addEdgeStore(scope: Construct, place: StorePlace, { edge: node, nodes }: StoreSizes): string {
  const group = plainGroup(scope, place, {
    ...{ name: 'edge-store', what: "RTPEngine's calls", node, nodes },
    with: { transitEncryptionMode: 'preferred' },
  });
  Validations.of(group).acknowledge({
    id: 'AwsSolutions-AEC6',
    reason:
      'A token needs TLS from every client, which RTPEngine 10.5 has not. Its security group admits the inner interfaces of the edge hosts and nothing else (flow matrix).',
  });
  return group.attrPrimaryEndPointAddress;
}
