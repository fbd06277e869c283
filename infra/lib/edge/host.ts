import { Stack } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { bundleParameter } from '../hosts/bundle-stack.ts';
import { groupOfOne } from '../hosts/group-of-one.ts';
import { type PinnedInterfaces, pinnedInterfaces } from '../hosts/pinned-interfaces.ts';
import type { EdgeHostInputs, EdgeHostSettings } from './hosts-stack.ts';
import { edgeStatements } from './role.ts';
import { edgeUserData } from './user-data.ts';

export interface EdgeHost extends EdgeHostInputs {
  deployment: Deployment;
  settings: EdgeHostSettings;
  log: ILogGroup;
}

/** Longest that a host waits for its calls before it ends, s: as `edge drain` does. */
const drainSeconds = 3600;
/** Without a heartbeat for so long a hook ends, s; a hook lasts at most a hundred times as long. */
const heartbeatSeconds = 120;

/** The group of one of a zone. Two hosts of it never hold calls at one time: the second waits for the interfaces. */
export function addHost(scope: Construct, zone: number, host: EdgeHost): void {
  const { deployment, network, keys, settings } = host;
  const group = `${deployment.config.tenant}-edge-${deployment.zones[zone]}`;
  const pinned = interfacesOf(scope, zone, group, host);
  groupOfOne(scope, {
    ...{ id: String(zone), name: group, pinned, instance: settings.instance },
    image: settings.image.startsWith('ami-') ? settings.image : `{{resolve:ssm:${settings.image}}}`,
    disk: { key: keys.data, size: 16 },
    subnetId: network.subnetId('edge-inner', zone),
    securityGroup: network.groupOf('edge-host'),
    statements: edgeStatements(scope, { group, ...host }),
    userData: edgeUserData(variablesOf(scope, zone, group, host), pinned.userData),
    tags: [{ key: 'vestibule:place', value: 'edge-host' }],
    group: {
      autoScalingGroupName: group,
      lifecycleHookSpecificationList: [
        hook('launching', 'autoscaling:EC2_INSTANCE_LAUNCHING', 'ABANDON'),
        hook('terminating', 'autoscaling:EC2_INSTANCE_TERMINATING', 'CONTINUE'),
      ],
    },
  });
}

const hook = (name: string, transition: string, defaultResult: string) => ({
  lifecycleHookName: name,
  lifecycleTransition: transition,
  defaultResult,
  heartbeatTimeout: heartbeatSeconds,
});

function interfacesOf(
  scope: Construct,
  zone: number,
  name: string,
  { deployment, edge }: EdgeHost,
): PinnedInterfaces {
  const { subnets, settings } = deployment;
  const { public: outer, private: inner } = [deployment.config.edge, ...deployment.config.otherZones][zone]!;
  const { outer: outerId, inner: innerId } = edge.interfaces[zone]!;
  const subnet = (kind: string) => subnets.find((each) => each.kind === kind && each.zone === zone)!.cidr;
  return pinnedInterfaces(scope, {
    name,
    // One that still drains is waited for.
    waitSeconds: drainSeconds + 600,
    interfaces: [
      { id: outerId, address: outer.address, subnet: subnet('edge-outer'), networks: ['0.0.0.0/0'] },
      { id: innerId, address: inner.address, subnet: subnet('edge-inner'), networks: [settings.network] },
    ],
    byHost: [
      ...subnets.filter(({ kind }) => kind === 'endpoints').map(({ cidr }) => cidr),
      // Names, metadata and time. The resolver is the third address of the VPC.
      `${settings.network.replace(/0\/16$/, '2')}/32`,
      '169.254.169.0/24',
    ],
  });
}

/** What the host's scripts are told, in host.env. */
const variablesOf = (
  scope: Construct,
  zone: number,
  group: string,
  { deployment, bundles, storeToken, log }: EdgeHost,
): Record<string, string> => ({
  VESTIBULE_REGION: Stack.of(scope).region,
  VESTIBULE_TENANT: deployment.config.tenant,
  VESTIBULE_ZONE: deployment.zones[zone]!,
  VESTIBULE_BUNDLE_PARAMETER: bundleParameter,
  VESTIBULE_BUNDLE_KEY: bundles.signing.keyArn,
  VESTIBULE_SECRET: bundles.edgeSecret.ref,
  VESTIBULE_STORE_SECRET: storeToken.secretArn,
  VESTIBULE_GROUP: group,
  VESTIBULE_LOG_GROUP: log.logGroupName,
  VESTIBULE_DRAIN_SECONDS: String(drainSeconds),
});
