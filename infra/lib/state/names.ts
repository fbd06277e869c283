import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { StorePlace } from './subnets.ts';

const name = 'vestibule.internal';

/** The private zone of the deployment. It names no store: they are reached by TLS, and their certificates have AWS's names and no other. */
export function addNames(
  scope: Construct,
  { network, deployment }: StorePlace,
): { id: string; name: string } {
  const zone = new route53.CfnHostedZone(scope, 'Names', {
    name,
    vpcs: [{ vpcId: network.vpcId, vpcRegion: deployment.config.region }],
  });
  return { id: zone.ref, name };
}
