import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as discovery from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { NetworkStack } from '../network/network-stack.ts';

export interface AppService {
  name: 'agent' | 'mcp' | 'recorder';
  cluster: ecs.CfnCluster;
  definition: ecs.CfnTaskDefinition;
  network: NetworkStack;
  zones: readonly string[];
  namespace: discovery.CfnPrivateDnsNamespace;
  tasks: { least: number; most: number };
}

/** A Fargate service in all zones' app subnets, found by its name in the deployment's own DNS. */
export function appService(scope: Construct, service: AppService): ecs.CfnService {
  const { name, cluster, definition, network, zones, namespace, tasks } = service;
  const registered = new discovery.CfnService(scope, `Name-${name}`, {
    name,
    namespaceId: namespace.attrId,
    dnsConfig: { routingPolicy: 'MULTIVALUE', dnsRecords: [{ type: 'A', ttl: 5 }] },
    healthCheckCustomConfig: { failureThreshold: 1 },
  });
  return new ecs.CfnService(scope, `Service-${name}`, {
    serviceName: name,
    cluster: cluster.ref,
    taskDefinition: definition.ref,
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    desiredCount: tasks.least,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    availabilityZoneRebalancing: 'DISABLED',
    networkConfiguration: {
      awsvpcConfiguration: {
        assignPublicIp: 'DISABLED',
        subnets: zones.map((_, zone) => network.subnetId('app', zone)),
        securityGroups: [network.groupOf(name)],
      },
    },
    serviceRegistries: [{ registryArn: registered.attrArn }],
  });
}

/** Metrics that `watchLoad` of @vestibule/core logs once a minute, made from the log by the observability stack. */
export const loadNamespace = 'Vestibule/Load';

/**
 * As many tasks as calls held and waiting take at `percent` of capacity. Each worker says once a minute what it holds, so the sum over a
 * minute is that of all; what waits all see alike.
 */
export function scaleByLoad(
  scope: Construct,
  { name, tasks }: AppService,
  service: ecs.CfnService,
  percent: number,
): void {
  const target = new appscaling.CfnScalableTarget(scope, `Scaling-${name}`, {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/vestibule/${name}`,
    minCapacity: tasks.least,
    maxCapacity: tasks.most,
    roleArn: Stack.of(scope).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName:
        'aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
    }),
  });
  target.addResourceDependency(service);
  const metric = (id: string, metricName: string, stat: string) => ({
    id,
    returnData: false,
    metricStat: {
      stat,
      metric: { namespace: loadNamespace, metricName, dimensions: [{ name: 'app', value: name }] },
    },
  });
  new appscaling.CfnScalingPolicy(scope, `Policy-${name}`, {
    policyName: `${name}-load`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: percent,
      // Quickly more, slowly less: a protected task does not end, and one that has just started may be needed.
      scaleOutCooldown: 30,
      scaleInCooldown: 300,
      customizedMetricSpecification: {
        metrics: [
          metric('held', 'Held', 'Sum'),
          metric('waiting', 'Waiting', 'Maximum'),
          metric('capacity', 'Capacity', 'Sum'),
          { id: 'load', expression: '100 * (held + waiting) / capacity', returnData: true },
        ],
      },
    },
  });
}
