import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { GroupOf } from './security-groups.ts';

/** AWS's services that are used from inside the VPC, by the last part of their endpoint's name. */
export const services = [
  ...['transcribestreaming', 'bedrock-runtime', 'polly', 'kms', 'events', 'secretsmanager', 'sts'],
  ...['ec2', 'ssm', 'ssmmessages', 'ec2messages', 'autoscaling', 'logs', 'monitoring'],
  ...['ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry'],
] as const;

interface Endpoints {
  vpcId: string;
  subnetIds: string[];
  groupOf: GroupOf;
}

/** An interface endpoint for each service, S3 included: the only way out that the app tier has. Each serves this account's principals alone. */
export function addEndpoints(scope: Construct, { vpcId, subnetIds, groupOf }: Endpoints): void {
  const { region } = Stack.of(scope);
  for (const service of [...services, 's3'] as const)
    new ec2.CfnVPCEndpoint(scope, `Endpoint-${service}`, {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${region}.${service}`,
      subnetIds,
      securityGroupIds: [groupOf(service === 's3' ? 's3' : 'aws')],
      privateDnsEnabled: true,
      policyDocument: service === 's3' ? storagePolicy(region) : ownPolicy(),
    });
}

/** Whoever has got hold of the network must not carry data to an account of their own. */
function ownPolicy(): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
      },
    ],
  };
}

/** Own buckets, and those that AWS keeps image layers and Amazon Linux's packages in. */
function storagePolicy(region: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringEquals: {
            'aws:PrincipalAccount': { Ref: 'AWS::AccountId' },
            'aws:ResourceAccount': { Ref: 'AWS::AccountId' },
          },
        },
      },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: [
          `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
          // Amazon Linux's packages.
          `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
        ],
      },
    ],
  };
}
