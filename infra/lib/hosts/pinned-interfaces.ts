import { readFileSync } from 'node:fs';
import { Arn, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from '../statements.ts';

/** A network interface that outlives the host that holds it. */
export interface PinnedInterface {
  /** `eni-…`, as `CfnNetworkInterface.ref` gives it. */
  id: string;
  /** Its private IPv4 address. */
  address: string;
  /** Network of its subnet, /24 or larger; its router is the first address. */
  subnet: string;
  /** What a socket that is bound to no address reaches by it, and with its address. The longest prefix wins. */
  networks: readonly string[];
}

export interface PinnedInterfaceOptions {
  /** Hosts of the same name hand the interfaces on to one another, and to nobody else. One name per pinned host. */
  name: string;
  interfaces: readonly PinnedInterface[];
  /** What leaves by the host's own interface in spite of `networks`: the subnets of the endpoints. */
  byHost: readonly string[];
  /** How long to wait for whoever still holds an interface and runs, s. 600 by default. */
  waitSeconds?: number;
}

export interface PinnedInterfaces {
  /** For the user data, behind a `#!/bin/bash`; as root. Fails when an interface cannot be had in `waitSeconds`. About 9 kB of the 16 kB. */
  userData: string[];
  /** For the role of the host. */
  statements: iam.PolicyStatement[];
  /** The launch template must give instances this tag, or they may neither take nor hand on an interface. */
  tag: { key: string; value: string };
}

const script = readFileSync(new URL('../../hosts/interfaces.sh', import.meta.url), 'utf8');
const unit = readFileSync(new URL('../../hosts/vestibule-interfaces.service', import.meta.url), 'utf8');

/** What a host needs to take its pinned interfaces over from the one before it, and to route by them, at every boot. */
export function pinnedInterfaces(
  scope: Construct,
  { name, interfaces, byHost, waitSeconds = 600 }: PinnedInterfaceOptions,
): PinnedInterfaces {
  const tag = { key: 'vestibule:pinned', value: name };
  return {
    userData: [
      'install -d /etc/vestibule /usr/local/sbin',
      ...file('/etc/vestibule/interfaces', planText(interfaces, byHost)),
      ...file('/usr/local/sbin/vestibule-interfaces', script),
      ...file('/etc/systemd/system/vestibule-interfaces.service', unit),
      'chmod 755 /usr/local/sbin/vestibule-interfaces',
      'systemctl daemon-reload',
      'systemctl enable vestibule-interfaces.service',
      `VESTIBULE_ATTACH_SECONDS=${waitSeconds} /usr/local/sbin/vestibule-interfaces`,
    ],
    statements: statements(scope, interfaces, tag),
    tag,
  };
}

/** A line each: `pin ID ADDRESS SUBNET TABLE NETWORK…`, and `host NETWORK…`. */
export const planText = (interfaces: readonly PinnedInterface[], byHost: readonly string[]): string =>
  [
    ...interfaces.map(({ id, address, subnet, networks }, index) =>
      ['pin', id, address, subnet, String(firstTable + index), ...networks].join(' '),
    ),
    ['host', ...byHost].join(' '),
    '',
  ].join('\n');

/** Number of the first interface's routing table; the host's own has the one before. */
const firstTable = 101;

const file = (path: string, text: string): string[] => [
  `cat > ${path} <<'END-OF-FILE'`,
  text.trimEnd(),
  'END-OF-FILE',
];

function statements(
  scope: Construct,
  interfaces: readonly PinnedInterface[],
  tag: { key: string; value: string },
): iam.PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    Arn.format({ service: 'ec2', resource, resourceName }, Stack.of(scope));
  const actions = ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'];
  return [
    allow(
      actions,
      interfaces.map(({ id }) => arn('network-interface', id)),
    ),
    allow(actions, [arn('instance', '*')], {
      StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value },
    }),
    // Describing has no resources in EC2 (service authorization reference).
    allow(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstances'], ['*']),
  ];
}
