import { type CfnTag, Fn } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Deployment } from '../../deployment.ts';
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
  const pinned = new ec2.CfnNetworkInterface(scope, `Pinned-${host.name}`, {
    subnetId: network.subnetId('app', host.zone),
    groupSet: [network.groupOf(host.role)],
    privateIpAddress: host.address,
    sourceDestCheck: true,
    description: host.name,
  });
  const { userData, statements, tag } = pinnedInterfaces(scope, {
    name: host.name,
    interfaces: [
      {
        ...{ id: pinned.ref, address: host.address },
        subnet: subnets.find(({ kind, zone }) => kind === 'app' && zone === host.zone)!.cidr,
        networks: [settings.network],
      },
    ],
    byHost: subnets.filter(({ kind }) => kind === 'endpoints').map(({ cidr }) => cidr),
  });
  const role = new iam.Role(scope, `Host-${host.name}`, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  });
  for (const statement of [...instanceStatements(scope), ...statements]) role.addToPolicy(statement);
  const profile = new iam.CfnInstanceProfile(scope, `Profile-${host.name}`, { roles: [role.roleName] });
  const template = new ec2.CfnLaunchTemplate(scope, `Template-${host.name}`, {
    launchTemplateData: {
      imageId: image,
      instanceType: host.role === 'livekit' ? settings.livekit.server : settings.livekit.sip,
      iamInstanceProfile: { arn: profile.attrArn },
      metadataOptions: {
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            encrypted: true,
            kmsKeyId: key.keyArn,
            volumeSize: 30,
            volumeType: 'gp3',
            deleteOnTermination: true,
          },
        },
      ],
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: false,
          groups: [network.groupOf(host.role)],
          deleteOnTermination: true,
        },
      ],
      tagSpecifications: [{ resourceType: 'instance', tags: [tag, { key: 'Name', value: host.name }] }],
      userData: Fn.base64(script(host, userData)),
    },
  });
  new autoscaling.CfnAutoScalingGroup(scope, `Group-${host.name}`, {
    ...{ minSize: '1', maxSize: '1', desiredCapacity: '1' },
    healthCheckType: 'EC2',
    healthCheckGracePeriod: 300,
    launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    vpcZoneIdentifier: [network.subnetId('app', host.zone)],
    tags: [{ ...tagOf('Name', host.name), propagateAtLaunch: true }],
  });
}

const tagOf = (key: string, value: string): CfnTag => ({ key, value });

function script({ name }: LiveKitHost, interfaces: readonly string[]): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    // Amazon Linux's packages are in S3, which the endpoint lets through.
    'command -v aws >/dev/null || dnf install -y awscli-2 jq',
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
