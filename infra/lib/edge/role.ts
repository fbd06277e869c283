import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { BundleStack } from '../hosts/bundle-stack.ts';
import type { KeysStack } from '../keys-stack.ts';
import { allow, operatorAccess } from '../statements.ts';

export interface EdgeRole {
  /** Name of the host's Auto Scaling group. */
  group: string;
  keys: KeysStack;
  bundles: BundleStack;
  /** Token of the edge's store. */
  storeToken: ISecret;
  log: ILogGroup;
}

/** What an edge host may besides taking its interfaces: read its bundle and secret, tell its group how it fares, write its log, take commands. */
export function edgeStatements(
  scope: Construct,
  { group, keys, bundles, storeToken, log }: EdgeRole,
): iam.PolicyStatement[] {
  const { region } = Stack.of(scope);
  const groupArn = Stack.of(scope).formatArn({
    ...{ service: 'autoscaling', resource: 'autoScalingGroup', arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    resourceName: `*:autoScalingGroupName/${group}`,
  });
  return [
    ...bundles.readStatements(keys),
    allow(['secretsmanager:GetSecretValue'], [bundles.edgeSecret.ref, storeToken.secretArn]),
    allow(['kms:Decrypt'], [keys.data.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
    }),
    allow(['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'], [groupArn]),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${log.logGroupArn}:log-stream:*`]),
    operatorAccess(),
  ];
}
