import { SecretValue } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { executionRole, logTo, secretsOf } from '../task.ts';
import type { LiveKitHost } from './hosts.ts';

/** Longest that LiveKit SIP may wait for its calls to end when it is replaced, s. EC2 has no limit of its own, Fargate's is 120. */
export const drainSeconds = 3600;

export interface LiveKitService {
  host: LiveKitHost;
  cluster: ecs.CfnCluster;
  image: { uri: string; repositoryArn: string };
  settings: string;
  keys: { data: IKey };
  log: logs.LogGroup;
  /** MiB that the container is sure of. */
  memory: number;
}

/** One container on one host, on the host's own network: a replacement waits until the old one has let its calls end. */
export function liveKitService(scope: Construct, service: LiveKitService): ecs.CfnService {
  const { host, cluster, image, log, memory } = service;
  const settings = new secretsmanager.Secret(scope, `Settings-${host.name}`, {
    description: `vestibule: configuration of ${host.name}`,
    encryptionKey: service.keys.data,
    secretStringValue: SecretValue.unsafePlainText(service.settings),
  });
  const variable = host.role === 'livekit' ? 'LIVEKIT_CONFIG' : 'SIP_CONFIG_BODY';
  const secrets = { [variable]: { secret: settings } };
  const execution = executionRole(scope, host.name, log, [image.repositoryArn], Object.values(secrets));
  const definition = new ecs.CfnTaskDefinition(scope, `Task-${host.name}`, {
    family: `vestibule-${host.name}`,
    networkMode: 'host',
    requiresCompatibilities: ['EC2'],
    executionRoleArn: execution.roleArn,
    containerDefinitions: [
      {
        name: host.role,
        image: image.uri,
        essential: true,
        memoryReservation: memory,
        readonlyRootFilesystem: true,
        // nobody: all ports are above 1024.
        user: '65534:65534',
        secrets: secretsOf(secrets),
        stopTimeout: drainSeconds,
        ulimits: [{ name: 'nofile', softLimit: 65_535, hardLimit: 65_535 }],
        logConfiguration: logTo(log, host.name),
      },
    ],
  });
  return new ecs.CfnService(scope, `Service-${host.name}`, {
    serviceName: host.name,
    cluster: cluster.ref,
    taskDefinition: definition.ref,
    launchType: 'EC2',
    desiredCount: 1,
    // Its address and its ports are one host's: the old one goes before the new one comes.
    deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
    placementConstraints: [{ type: 'memberOf', expression: `attribute:vestibule.host == ${host.name}` }],
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
  });
}
