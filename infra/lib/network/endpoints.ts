import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { GroupOf } from './security-groups.ts';
import { services } from './services.ts';

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

/** Own buckets, and those that ECR keeps image layers in. */
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
        Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
      },
    ],
  };
}
