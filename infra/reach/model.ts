import { intervalOf, type Interval } from './cidr.ts';
import { type Found, resourcesOf, type Templates } from './template.ts';

/** One rule of a security group: who, at which ports. */
export interface Rule {
  protocol: string;
  ports: Interval;
  /** A security group's id, or a network. */
  peer: { group: string } | { cidr: string };
}

export interface Group {
  id: string;
  /** Of the flow matrix, by its tag; a group without one is `?` and its id. */
  place: string;
  ingress: Rule[];
  egress: Rule[];
}

/** Something with an address: a network interface, or a resource that makes some. */
export interface Endpoint {
  id: string;
  groups: string[];
  subnets: string[];
  isPublic: boolean;
}

export interface Subnet {
  id: string;
  range: Interval;
  /** Where its route table leads, besides the VPC itself: destination and the target's kind. */
  routes: { destination: Interval; target: string }[];
  mapsPublicAddresses: boolean;
  /** Entries of its network ACL, when it has one of its own. */
  acl: AclEntry[] | undefined;
}

export interface AclEntry {
  number: number;
  isEgress: boolean;
  isAllowed: boolean;
  protocol: string;
  ports: Interval;
  range: Interval;
}

export interface Model {
  groups: ReadonlyMap<string, Group>;
  endpoints: Endpoint[];
  subnets: ReadonlyMap<string, Subnet>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
/** CloudFormation takes one where it takes several. */
export const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
const member = (value: unknown, name: string): unknown =>
  (value as Record<string, unknown> | undefined)?.[name];

export const everyPort: Interval = { from: 0, to: 65535 };

export function modelOf(templates: Templates): Model {
  const resources = resourcesOf(templates);
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const subnets = subnetsOf(ofType, resources);
  return { groups: groupsOf(ofType), subnets, endpoints: endpointsOf(resources, ofType, subnets) };
}

type OfType = (type: string) => Found[];

function groupsOf(ofType: OfType): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { id, properties } of ofType('AWS::EC2::SecurityGroup')) {
    const tags = list(properties['Tags']);
    const tag = tags.find((each) => member(each, 'Key') === 'vestibule:place');
    const inline = (name: string) =>
      list(properties[name]).flatMap((each) => rulesOf(each as Record<string, unknown>));
    groups.set(id, {
      id,
      place: text(member(tag, 'Value')) || `?${id}`,
      ingress: inline('SecurityGroupIngress'),
      // None at all is AWS's own: everything.
      egress: properties['SecurityGroupEgress'] === undefined ? [anything] : inline('SecurityGroupEgress'),
    });
  }
  for (const [type, side] of [
    ['AWS::EC2::SecurityGroupIngress', 'ingress'],
    ['AWS::EC2::SecurityGroupEgress', 'egress'],
  ] as const)
    for (const { properties } of ofType(type))
      groups.get(text(properties['GroupId']))?.[side].push(...rulesOf(properties));
  return groups;
}

const anything: Rule = { protocol: '-1', ports: everyPort, peer: { cidr: '0.0.0.0/0' } };

/** The address that CDK gives to a group that may send nothing: nobody has it. */
const nobody = '255.255.255.255/32';

function rulesOf(rule: Record<string, unknown>): Rule[] {
  const protocol = protocolOf(rule['IpProtocol']);
  const hasPorts = protocol === 'tcp' || protocol === 'udp' || protocol === '6' || protocol === '17';
  const ports = hasPorts
    ? { from: Number(rule['FromPort'] ?? 0), to: Number(rule['ToPort'] ?? 65535) }
    : everyPort;
  const group = text(rule['SourceSecurityGroupId'] ?? rule['DestinationSecurityGroupId']);
  if (rule['CidrIp'] === nobody) return [];
  // IPv6 and prefix lists are not taken apart: they count as everybody.
  const peer = group === '' ? { cidr: text(rule['CidrIp']) || '0.0.0.0/0' } : { group };
  return [{ protocol: protocolName(protocol), ports, peer }];
}

/** A name or a number; without one, all. */
const protocolOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '-1';

const protocolName = (protocol: string) => ({ '6': 'tcp', '17': 'udp' })[protocol] ?? protocol;

function subnetsOf(ofType: OfType, resources: readonly Found[]): Map<string, Subnet> {
  const typeOf = new Map(resources.map(({ id, type }) => [id, type]));
  const tableOf = new Map(
    ofType('AWS::EC2::SubnetRouteTableAssociation').map(({ properties }) => [
      text(properties['SubnetId']),
      text(properties['RouteTableId']),
    ]),
  );
  const aclOf = new Map(
    ofType('AWS::EC2::SubnetNetworkAclAssociation').map(({ properties }) => [
      text(properties['SubnetId']),
      text(properties['NetworkAclId']),
    ]),
  );
  const routes = ofType('AWS::EC2::Route').map(({ properties }) => ({
    table: text(properties['RouteTableId']),
    // IPv6 and prefix lists count as everything.
    destination: intervalOf(text(properties['DestinationCidrBlock']) || '0.0.0.0/0'),
    target: targetOf(properties, typeOf),
  }));
  const entries = ofType('AWS::EC2::NetworkAclEntry').map(({ properties }) => ({
    acl: text(properties['NetworkAclId']),
    entry: aclEntry(properties),
  }));
  return new Map(
    ofType('AWS::EC2::Subnet').map(({ id, properties }) => {
      const acl = aclOf.get(id);
      return [
        id,
        {
          id,
          range: intervalOf(text(properties['CidrBlock'])),
          routes: routes.filter(({ table }) => table === tableOf.get(id)),
          mapsPublicAddresses: properties['MapPublicIpOnLaunch'] === true,
          acl:
            acl === undefined
              ? undefined
              : entries.filter((each) => each.acl === acl).map(({ entry }) => entry),
        },
      ];
    }),
  );
}

/** `InternetGateway`, `NatGateway`, `tgw-…`: the type of what a route leads to, or its own name when it is none of the stacks'. */
function targetOf(properties: Record<string, unknown>, typeOf: ReadonlyMap<string, string>): string {
  const [, target] =
    Object.entries(properties).find(([name]) =>
      /(Gateway|Connection|Instance|Interface|Endpoint)Id$/.test(name),
    ) ?? [];
  const type = typeOf.get(text(target));
  return type?.replace('AWS::EC2::', '') ?? text(target);
}

function aclEntry(properties: Record<string, unknown>): AclEntry {
  const range = properties['PortRange'] as { From?: number; To?: number } | undefined;
  return {
    number: Number(properties['RuleNumber']),
    isEgress: properties['Egress'] === true,
    isAllowed: properties['RuleAction'] === 'allow',
    protocol: protocolName(protocolOf(properties['Protocol'])),
    ports: range === undefined ? everyPort : { from: Number(range.From), to: Number(range.To) },
    range: intervalOf(text(properties['CidrBlock']) || '0.0.0.0/0'),
  };
}

const subnetKeys = /^(SubnetId|SubnetIds|Subnets|VPCZoneIdentifier)$/;
const groupKeys = /^(GroupSet|Groups|SecurityGroups|SecurityGroupIds|SecurityGroupId|VpcSecurityGroupIds)$/;
const lendingKeys = /^(\w*SubnetGroupName|LaunchTemplateId)$/;
const publicKeys = /^(AssociatePublicIpAddress|AssignPublicIp)$/;

/** What names subnets for others to stand in, and has no address itself. */
const notEndpoints =
  /(RouteTableAssociation|NetworkAclAssociation|TransitGatewayAttachment|SubnetGroup|LaunchTemplate)$/;

/** Whatever names subnets has addresses in them, of whatever type it is; by name, by a subnet group, or by a launch template. */
function endpointsOf(
  resources: readonly Found[],
  ofType: OfType,
  subnets: ReadonlyMap<string, Subnet>,
): Endpoint[] {
  const elastic = new Set(
    ofType('AWS::EC2::EIPAssociation').map(({ properties }) =>
      text(properties['NetworkInterfaceId'] ?? properties['InstanceId']),
    ),
  );
  const lending = new Map(
    resources
      .filter(({ type }) => /(SubnetGroup|LaunchTemplate)$/.test(type))
      .map(({ id, properties }) => [id, properties]),
  );
  return resources
    .filter(({ type }) => !notEndpoints.test(type))
    .flatMap(({ id, properties }) => {
      const lent = valuesAt(properties, lendingKeys).flatMap((name) => lending.get(name) ?? []);
      const all = [properties, ...lent];
      const at = (names: RegExp) => [...new Set(all.flatMap((each) => valuesAt(each, names)))];
      const inSubnets = at(subnetKeys).filter((subnet) => subnets.has(subnet));
      if (inSubnets.length === 0) return [];
      const asksForOne = at(publicKeys).some((value) => value === 'true' || value === 'ENABLED');
      const isPublic =
        elastic.has(id) || asksForOne || inSubnets.some((subnet) => subnets.get(subnet)?.mapsPublicAddresses);
      return [{ id, subnets: inSubnets, groups: at(groupKeys), isPublic }];
    });
}

/** Texts under members of those names, at any depth. */
function valuesAt(value: unknown, names: RegExp): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    names.test(name) ? list(inner).map(String) : valuesAt(inner, names),
  );
}
