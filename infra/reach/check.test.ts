import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Config, parseConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { deploymentOf } from '../lib/deployment.ts';
import { synthesise } from '../lib/synth.ts';
import { checkReach } from './check.ts';
import type { Resource, Templates } from './template.ts';

/** The synthesised network is the flow matrix, and each hole that is torn into it is found. */

const file = new URL('../example/vestibule.yaml', import.meta.url).pathname;
const text = readFileSync(file, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'vestibule-cdk-'));
after(() => rmSync(folder, { recursive: true }));

function parsed(yaml: string): Config {
  const { config, faults } = parseConfig(yaml, file);
  assert.deepEqual(faults, []);
  assert.ok(config);
  return config;
}

const config = parsed(text);
const deployment = deploymentOf(config, file);
const templates = synthesise(config, file, folder);

test('what can reach what is the flow matrix, no more and no less', (t) => {
  const { flows, differences } = checkReach(templates, deployment);
  t.diagnostic(`${flows.length} flows`);
  assert.deepEqual(differences, []);
});

test('from outside only carriers get in, to the edge alone', () => {
  const { flows } = checkReach(templates, deployment);
  assert.deepEqual(
    flows.filter((flow) => /^(internet|carrier|carrier-media|backend) /.test(flow)),
    [
      'carrier edge-outer tcp 5060-5060',
      'carrier edge-outer tcp 5061-5061',
      'carrier edge-outer udp 5060-5060',
      'carrier-media edge-outer udp 10000-20000',
    ],
  );
});

const network = 'VestibuleNetwork';
const edge = 'VestibuleEdge';
type Mutate = (stacks: Templates) => void;

const add =
  (name: string, Type: string, Properties: Record<string, unknown>, stack = network): Mutate =>
  (stacks) =>
    void (stacks[stack]!.Resources[name] = { Type, Properties });

function resource(
  stacks: Templates,
  name: string,
  stack = network,
): Resource & { Properties: Record<string, unknown> } {
  const found = stacks[stack]?.Resources[name];
  assert.ok(found?.Properties, `there is no ${name}`);
  return found as Resource & { Properties: Record<string, unknown> };
}

const set =
  (name: string, properties: Record<string, unknown>, stack = network): Mutate =>
  (stacks) =>
    void Object.assign(resource(stacks, name, stack).Properties, properties);

const group = (place: string) => ({ 'Fn::GetAtt': [`Group${place.replaceAll('-', '')}`, 'GroupId'] });
const subnet = (name: string) => ({ Ref: `Subnet${name}` });
const rule = (side: 'Ingress' | 'Egress', place: string, rest: Record<string, unknown>): Mutate =>
  add('Hole', `AWS::EC2::SecurityGroup${side}`, { GroupId: group(place), IpProtocol: 'tcp', ...rest });
const ports = (from: number, to = from) => ({ FromPort: from, ToPort: to });
const both =
  (...mutations: Mutate[]): Mutate =>
  (stacks) =>
    mutations.forEach((mutate) => mutate(stacks));

/** The first rule that meets, by its properties. */
const changeRule =
  (
    side: 'Ingress' | 'Egress',
    meets: (properties: Record<string, unknown>) => boolean,
    to: Record<string, unknown>,
  ): Mutate =>
  (stacks) => {
    const found = Object.values(stacks[network]!.Resources).find(
      ({ Type, Properties }) =>
        Type === `AWS::EC2::SecurityGroup${side}` && Properties !== undefined && meets(Properties),
    );
    assert.ok(found?.Properties, 'there is no such rule');
    Object.assign(found.Properties, to);
  };

const holes: Record<string, Mutate> = {
  'SSH to the edge from everywhere': rule('Ingress', 'edge-outer', { ...ports(22), CidrIp: '0.0.0.0/0' }),
  'SIP from everywhere': rule('Ingress', 'edge-outer', {
    IpProtocol: 'udp',
    ...ports(5060),
    CidrIp: '0.0.0.0/0',
  }),
  'SIP from a network beside the carrier’s': rule('Ingress', 'edge-outer', {
    IpProtocol: 'udp',
    ...ports(5060),
    CidrIp: '54.172.60.8/30',
  }),
  'a carrier’s network that is wider': changeRule('Ingress', ({ CidrIp }) => CidrIp === '54.172.60.0/30', {
    CidrIp: '54.172.60.0/24',
  }),
  'RTP ports that begin earlier': changeRule('Ingress', ({ FromPort }) => FromPort === 10000, {
    FromPort: 1024,
  }),
  'signalling’s ports for TCP and UDP both': changeRule('Ingress', ({ FromPort }) => FromPort === 5060, {
    IpProtocol: '-1',
  }),
  'IPv6 from everywhere': rule('Ingress', 'edge-outer', { ...ports(5060), CidrIpv6: '::/0' }),
  'a prefix list': rule('Ingress', 'edge-outer', { ...ports(443), SourcePrefixListId: 'pl-1' }),
  'the edge to the call log': both(
    rule('Ingress', 'call-log', { ...ports(6379), SourceSecurityGroupId: group('edge-inner') }),
    add('Out', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: group('edge-inner'),
      IpProtocol: 'tcp',
      ...ports(6379),
      DestinationSecurityGroupId: group('call-log'),
    }),
  ),
  'one side of a flow': rule('Ingress', 'call-log', { ...ports(6379), SourceSecurityGroupId: group('mcp') }),
  'the whole VPC to the call log': rule('Ingress', 'call-log', { ...ports(6379), CidrIp: '10.20.0.0/16' }),
  'the agent to everywhere': rule('Egress', 'agent', { ...ports(443), CidrIp: '0.0.0.0/0' }),
  'a group with AWS’s own rule to everywhere': (stacks) =>
    void delete resource(stacks, 'Groupmcp').Properties['SecurityGroupEgress'],
  'a rule inside its group': set('Groupbus', {
    SecurityGroupIngress: [{ IpProtocol: 'tcp', ...ports(6379), CidrIp: '0.0.0.0/0' }],
  }),
  'a rule that is missing': (stacks) => {
    const [name] = Object.entries(stacks[network]!.Resources).find(
      ([, { Type }]) => Type === 'AWS::EC2::SecurityGroupEgress',
    )!;
    delete stacks[network]!.Resources[name];
  },
  'a route to the internet for the app tier': add('Hole', 'AWS::EC2::Route', {
    RouteTableId: { Ref: 'Routesapp0' },
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: { Ref: 'Internet' },
  }),
  'a NAT gateway': both(
    add('Nat', 'AWS::EC2::NatGateway', { SubnetId: subnet('edgeouter0'), AllocationId: 'eipalloc-1' }),
    add('Hole', 'AWS::EC2::Route', {
      RouteTableId: { Ref: 'Routesdata0' },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: 'Nat' },
    }),
  ),
  'the app tier’s subnet with the edge’s routes': set('RoutesOfapp0', {
    RouteTableId: { Ref: 'Routesedgeouter0' },
  }),
  'a subnet that hands out public addresses': set('Subnetedgeinner0', { MapPublicIpOnLaunch: true }),
  'a public address on the inner interface': add(
    'Hole',
    'AWS::EC2::EIPAssociation',
    { AllocationId: 'eipalloc-1', NetworkInterfaceId: { Ref: 'Inner0' } },
    edge,
  ),
  'a host in the public subnet': add('Hole', 'AWS::EC2::Instance', {
    NetworkInterfaces: [
      { AssociatePublicIpAddress: 'true', SubnetId: subnet('edgeouter0'), GroupSet: [group('agent')] },
    ],
  }),
  'a host with two groups': set('Inner0', { GroupSet: [{ 'Fn::ImportValue': 'x' }] }, edge),
  'an endpoint with another group': set('Endpointkms', { SecurityGroupIds: [group('edge-outer')] }),
  'a group without a place': both(
    add('Stray', 'AWS::EC2::SecurityGroup', {
      VpcId: { Ref: 'Vpc' },
      SecurityGroupEgress: [],
      SecurityGroupIngress: [{ IpProtocol: 'tcp', ...ports(80), CidrIp: '0.0.0.0/0' }],
    }),
    add('Hole', 'AWS::EC2::NetworkInterface', {
      SubnetId: subnet('edgeouter0'),
      GroupSet: [{ 'Fn::GetAtt': ['Stray', 'GroupId'] }],
    }),
  ),
  'another VPC': add('Hole', 'AWS::EC2::VPCPeeringConnection', { VpcId: { Ref: 'Vpc' }, PeerVpcId: 'vpc-1' }),
  'a load balancer': add('Hole', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Scheme: 'internet-facing',
    Subnets: [subnet('edgeouter0')],
  }),
  'an ACL that shuts the carrier out': both(
    add('Acl', 'AWS::EC2::NetworkAcl', { VpcId: { Ref: 'Vpc' } }),
    add('Entry', 'AWS::EC2::NetworkAclEntry', {
      NetworkAclId: { Ref: 'Acl' },
      RuleNumber: 100,
      Protocol: 6,
      RuleAction: 'allow',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 5060, To: 5061 },
    }),
    ...['0', '1'].map((zone) =>
      add(`Hole${zone}`, 'AWS::EC2::SubnetNetworkAclAssociation', {
        NetworkAclId: { Ref: 'Acl' },
        SubnetId: subnet(`edgeouter${zone}`),
      }),
    ),
  ),
  'a backend’s route to somewhere else': add('Hole', 'AWS::EC2::Route', {
    RouteTableId: { Ref: 'Routesdata1' },
    DestinationCidrBlock: '10.60.0.0/16',
    TransitGatewayId: 'tgw-0123456789abcdef0',
  }),
};

for (const [hole, tear] of Object.entries(holes))
  test(`found: ${hole}`, () => {
    const torn = structuredClone(templates);
    tear(torn);
    assert.notDeepEqual(checkReach(torn, deployment).differences, []);
  });

test('three zones are as tight as two', () => {
  const third = text.replace(
    'numbers:',
    `  - zone: use1-az3
    public: { address: 10.20.16.10, tls: { certificate: /etc/c.pem, key: /etc/k.pem } }
    private: { address: 10.20.17.10, store: 'rediss://edge-store.example:6379/2' }
    livekitSip: [10.20.20.11:5060]
    control: *control
numbers:`,
  );
  const three = parsed(third);
  const found = checkReach(synthesise(three, file, join(folder, 'three')), deploymentOf(three, file));
  assert.deepEqual(found.differences, []);
});

test('a deployment that cannot stand is refused with all its faults', () => {
  const wrong = parsed(
    text.replace('address: 10.20.0.10', 'address: 10.20.1.99').replace('10.20.12.11:5060', '10.20.99.1:5060'),
  );
  assert.throws(
    () => deploymentOf(wrong, file),
    (error) =>
      isCodedError(error, 'not-deployable') &&
      /edge\.public\.address: 10\.20\.1\.99 is not in 10\.20\.0\.0\/24/.test(error.message) &&
      /otherZones\[0\]\.livekitSip\[0\]/.test(error.message),
  );
  assert.throws(() => deploymentOf({ ...config, aws: undefined }, file), /aws: is missing/);
});
