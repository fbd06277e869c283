import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow, operatorAccess } from '../../statements.ts';

/** What ECS's and Systems Manager's agents do on a host of the cluster `vestibule`: AWS's own policies for them, narrowed to it. */
export function instanceStatements(scope: Construct): iam.PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ecs', resource, resourceName });
  const cluster = arn('cluster', 'vestibule');
  return [
    allow(
      [
        ...['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance', 'ecs:SubmitTaskStateChange'],
        ...['ecs:SubmitContainerStateChange', 'ecs:SubmitAttachmentStateChanges'],
      ],
      [cluster],
    ),
    allow(
      ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'],
      [arn('container-instance', 'vestibule/*')],
      { ArnEquals: { 'ecs:cluster': cluster } },
    ),
    // An endpoint is asked for before anything is known (service authorization reference).
    allow(['ecs:DiscoverPollEndpoint'], ['*']),
    operatorAccess(),
  ];
}
