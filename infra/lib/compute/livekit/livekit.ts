import { Duration, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Deployment } from '../../deployment.ts';
import type { ComputeInputs } from '../compute-stack.ts';
import { liveKitHosts } from './hosts.ts';
import { liveKitInstance } from './instance.ts';
import { liveKitService } from './service.ts';
import { serverSettings, sipSettings } from './settings.ts';

export interface LiveKitInputs extends ComputeInputs {
  cluster: ecs.CfnCluster;
  liveKitSecret: ISecret;
  /** Where LiveKit Server tells of calls. */
  webhook: string;
}

const serverName = 'livekit.vestibule.internal';
export const serverUrl = `ws://${serverName}:7880`;

/** LiveKit Server and LiveKit SIP: each container on a host of its own, at an address that stays. */
export function addLiveKit(scope: Construct, deployment: Deployment, inputs: LiveKitInputs): void {
  const { cluster, network, keys, stores, imageOf, liveKitSecret, webhook } = inputs;
  const stack = Stack.of(scope);
  const hosts = liveKitHosts(deployment);
  const log = new logs.LogGroup(scope, 'Log-livekit', {
    logGroupName: '/vestibule/livekit',
    encryptionKey: keys.logs,
    // It names rooms, and rooms callers, should an error ever do (docs/compliance/logs.md).
    retention: logs.RetentionDays.ONE_MONTH,
  });
  const secrets = { liveKit: liveKitSecret, bus: stores.bus };
  for (const host of hosts) {
    const isServer = host.role === 'livekit';
    liveKitInstance(scope, { host, deployment, network, key: keys.data });
    liveKitService(scope, {
      ...{ host, cluster, keys, log },
      image: imageOf(isServer ? 'livekit' : 'livekitSip'),
      settings: isServer
        ? serverSettings(stack, host, secrets, webhook)
        : sipSettings(stack, host, secrets, serverUrl, deployment.config),
      memory: isServer ? 2048 : 1024,
    });
  }
  // Clients take the next address when one does not answer.
  new route53.CfnRecordSet(scope, 'ServerName', {
    hostedZoneId: stores.zone.id,
    name: serverName,
    type: 'A',
    ttl: String(Duration.seconds(10).toSeconds()),
    resourceRecords: hosts.filter(({ role }) => role === 'livekit').map(({ address }) => address),
  });
}
