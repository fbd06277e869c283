import { Fn, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { bundleParameter } from '../hosts/bundle-stack.ts';
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
  const { deployment, network } = host;
  const group = `${deployment.config.tenant}-edge-${deployment.zones[zone]}`;
  const pinned = interfacesOf(scope, zone, group, host);
  const role = new iam.Role(scope, `Role-${zone}`, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  });
  for (const statement of [...edgeStatements(scope, { group, ...host }), ...pinned.statements])
    role.addToPolicy(statement);
  const template = launchTemplate(scope, zone, role, pinned, group, host);
  const made = new autoscaling.CfnAutoScalingGroup(scope, `Group-${zone}`, {
    autoScalingGroupName: group,
    ...{ minSize: '1', maxSize: '1', desiredCapacity: '1' },
    ...{ healthCheckType: 'EC2', healthCheckGracePeriod: 300 },
    launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    vpcZoneIdentifier: [network.subnetId('edge-inner', zone)],
    lifecycleHookSpecificationList: [
      hook('launching', 'autoscaling:EC2_INSTANCE_LAUNCHING', 'ABANDON'),
      hook('terminating', 'autoscaling:EC2_INSTANCE_TERMINATING', 'CONTINUE'),
    ],
    tags: [{ key: 'Name', value: group, propagateAtLaunch: true }],
  });
  // A host that starts must be able to read its bundle.
  made.node.addDependency(role);
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

function launchTemplate(
  scope: Construct,
  zone: number,
  role: iam.Role,
  { userData, tag }: PinnedInterfaces,
  group: string,
  { deployment, network, keys, settings, bundles, log }: EdgeHost,
): ec2.CfnLaunchTemplate {
  const profile = new iam.CfnInstanceProfile(scope, `Profile-${zone}`, { roles: [role.roleName] });
  const variables = {
    VESTIBULE_REGION: Stack.of(scope).region,
    VESTIBULE_TENANT: deployment.config.tenant,
    VESTIBULE_ZONE: deployment.zones[zone]!,
    VESTIBULE_BUNDLE_PARAMETER: bundleParameter,
    VESTIBULE_BUNDLE_KEY: bundles.signing.keyArn,
    VESTIBULE_SECRET: bundles.edgeSecret.ref,
    VESTIBULE_GROUP: group,
    VESTIBULE_LOG_GROUP: log.logGroupName,
    VESTIBULE_DRAIN_SECONDS: String(drainSeconds),
  };
  return new ec2.CfnLaunchTemplate(scope, `Template-${zone}`, {
    launchTemplateData: {
      imageId: settings.image.startsWith('ami-') ? settings.image : `{{resolve:ssm:${settings.image}}}`,
      instanceType: settings.instance,
      iamInstanceProfile: { arn: profile.attrArn },
      metadataOptions: {
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            ...{ encrypted: true, kmsKeyId: keys.data.keyArn, deleteOnTermination: true },
            ...{ volumeSize: 16, volumeType: 'gp3' },
          },
        },
      ],
      networkInterfaces: [
        {
          ...{ deviceIndex: 0, associatePublicIpAddress: false, deleteOnTermination: true },
          groups: [network.groupOf('edge-host')],
        },
      ],
      tagSpecifications: [
        { resourceType: 'instance', tags: [tag, { key: 'vestibule:place', value: 'edge-host' }] },
      ],
      userData: Fn.base64(edgeUserData(variables, userData)),
    },
  });
}
