import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { BundleStack } from '../hosts/bundle-stack.ts';
import type { KeysStack } from '../keys-stack.ts';

export interface EdgeRole {
  /** Name of the host's Auto Scaling group. */
  group: string;
  keys: KeysStack;
  bundles: BundleStack;
  log: ILogGroup;
}

/** What an edge host may besides taking its interfaces: read its bundle and secret, tell its group how it fares, write its log, take commands. */
export function edgeStatements(
  scope: Construct,
  { group, keys, bundles, log }: EdgeRole,
): iam.PolicyStatement[] {
  const { region } = Stack.of(scope);
  const groupArn = Stack.of(scope).formatArn({
    ...{ service: 'autoscaling', resource: 'autoScalingGroup', arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    resourceName: `*:autoScalingGroupName/${group}`,
  });
  return [
    ...bundles.readStatements(keys),
    allow(['secretsmanager:GetSecretValue'], [bundles.edgeSecret.ref]),
    allow(['kms:Decrypt'], [keys.data.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
    }),
    allow(['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'], [groupArn]),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${log.logGroupArn}:log-stream:*`]),
    // Commands of an operator, by Systems Manager; these have no resources (service authorization reference).
    allow(
      [
        ...['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel'],
        ...['ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
        'ssm:UpdateInstanceInformation',
      ],
      ['*'],
    ),
  ];
}

const allow = (actions: string[], resources: string[], conditions?: iam.PolicyStatementProps['conditions']) =>
  new iam.PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) });
