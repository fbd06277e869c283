import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { NetworkStack } from '../network/network-stack.ts';

/** Ids of the pinned interfaces of a zone's host. */
export interface EdgeInterfaces {
  outer: string;
  inner: string;
}

/**
 * The edge's addresses: in each zone an outer interface with an elastic address and an inner one, which outlive the host that holds them. A host
 * that takes a dead one's place takes its interfaces, and RTPEngine its calls.
 */
export class EdgeStack extends Stack {
  /** By zone. */
  readonly interfaces: readonly EdgeInterfaces[];

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    network: NetworkStack,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { edge, otherZones } = deployment.config;
    this.interfaces = [edge, ...otherZones].map(({ public: outer, private: inner }, zone) => {
      const reached = new ec2.CfnNetworkInterface(this, `Outer-${zone}`, {
        subnetId: network.subnetId('edge-outer', zone),
        groupSet: [network.groupOf('edge-outer')],
        privateIpAddress: outer.address,
        sourceDestCheck: true,
      });
      const towardsApps = new ec2.CfnNetworkInterface(this, `Inner-${zone}`, {
        subnetId: network.subnetId('edge-inner', zone),
        groupSet: [network.groupOf('edge-inner')],
        privateIpAddress: inner.address,
        sourceDestCheck: true,
      });
      const elastic = new ec2.CfnEIP(this, `Address-${zone}`, { domain: 'vpc' });
      new ec2.CfnEIPAssociation(this, `AddressOf-${zone}`, {
        allocationId: elastic.attrAllocationId,
        networkInterfaceId: reached.ref,
      });
      new CfnOutput(this, `Uri-${zone}`, {
        value: `sip:${elastic.ref}:${outer.sip}`,
        description: 'Origination URI for the carrier',
      });
      return { outer: reached.ref, inner: towardsApps.ref };
    });
  }
}
