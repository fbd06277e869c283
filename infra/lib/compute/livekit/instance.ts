import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Deployment } from '../../deployment.ts';
import { groupOfOne } from '../../hosts/group-of-one.ts';
import { pinnedInterfaces } from '../../hosts/pinned-interfaces.ts';
import type { NetworkStack } from '../../network/network-stack.ts';
import { instanceStatements } from './instance-role.ts';
import type { LiveKitHost } from './hosts.ts';
import { drainSeconds } from './service.ts';

/** Amazon Linux 2023 with ECS's agent, as AWS publishes it; the template names the parameter, so that a deployment takes the newest. */
const image = '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id}}';

export interface LiveKitInstance {
  host: LiveKitHost;
  deployment: Deployment;
  network: NetworkStack;
  key: IKey;
}

/** A group of one: when the host dies another takes its place, and its address. */
export function liveKitInstance(scope: Construct, { host, deployment, network, key }: LiveKitInstance): void {
  const { settings, subnets } = deployment;
  const address = new ec2.CfnNetworkInterface(scope, `Pinned-${host.name}`, {
    subnetId: network.subnetId('app', host.zone),
    groupSet: [network.groupOf(host.role)],
    privateIpAddress: host.address,
    sourceDestCheck: true,
    description: host.name,
  });
  const pinned = pinnedInterfaces(scope, {
    name: host.name,
    interfaces: [
      {
        ...{ id: address.ref, address: host.address },
        subnet: subnets.find(({ kind, zone }) => kind === 'app' && zone === host.zone)!.cidr,
        networks: [settings.network],
      },
    ],
    byHost: subnets.filter(({ kind }) => kind === 'endpoints').map(({ cidr }) => cidr),
  });
  groupOfOne(scope, {
    ...{ id: host.name, name: host.name, image, pinned },
    instance: host.role === 'livekit' ? settings.livekit.server : settings.livekit.sip,
    disk: { key, size: 30 },
    subnetId: network.subnetId('app', host.zone),
    securityGroup: network.groupOf(host.role),
    statements: instanceStatements(scope),
    userData: script(host, pinned.userData),
    tags: [{ key: 'Name', value: host.name }],
  });
}

function script({ name }: LiveKitHost, interfaces: readonly string[]): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    ...interfaces,
    `cat > /etc/ecs/ecs.config <<'END-OF-FILE'`,
    'ECS_CLUSTER=vestibule',
    `ECS_INSTANCE_ATTRIBUTES={"vestibule.host":"${name}"}`,
    // Calls may go on for so long after a container was told to stop.
    `ECS_CONTAINER_STOP_TIMEOUT=${drainSeconds}s`,
    'ECS_AWSVPC_BLOCK_IMDS=true',
    'ECS_ENABLE_TASK_IAM_ROLE=false',
    'END-OF-FILE',
    '',
  ].join('\n');
}
