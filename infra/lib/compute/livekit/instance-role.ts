import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What ECS's and Systems Manager's agents do on a host of the cluster `vestibule`: AWS's own policies for them, narrowed to it. */
export function instanceStatements(scope: Construct): iam.PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'ecs', resource, resourceName });
  const cluster = arn('cluster', 'vestibule');
  const ofCluster = { ArnEquals: { 'ecs:cluster': cluster } };
  return [
    new iam.PolicyStatement({
      actions: [
        ...['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance', 'ecs:SubmitTaskStateChange'],
        ...['ecs:SubmitContainerStateChange', 'ecs:SubmitAttachmentStateChanges'],
      ],
      resources: [cluster],
    }),
    new iam.PolicyStatement({
      actions: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'],
      resources: [arn('container-instance', 'vestibule/*')],
      conditions: ofCluster,
    }),
    new iam.PolicyStatement({
      actions: [
        // An endpoint is asked for before anything is known (service authorization reference).
        'ecs:DiscoverPollEndpoint',
        // Sessions of an operator, by Systems Manager; these have no resources.
        ...['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel'],
        ...['ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
        'ssm:UpdateInstanceInformation',
      ],
      resources: ['*'],
    }),
  ];
}
