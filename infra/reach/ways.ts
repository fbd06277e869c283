import type { Subnet as PlannedSubnet, SubnetKind } from '../lib/addresses.ts';
import type { Deployment } from '../lib/deployment.ts';
import { intervalOf } from './cidr.ts';
import type { Model, Subnet } from './model.ts';
import { resourcesOf, type Templates } from './template.ts';

/** The kind of subnet that each place of the flow matrix stands in. */
const plan: Readonly<Record<string, SubnetKind>> = {
  'edge-outer': 'edge-outer',
  'edge-inner': 'edge-inner',
  'edge-host': 'edge-inner',
  'livekit-sip': 'app',
  livekit: 'app',
  agent: 'app',
  mcp: 'app',
  recorder: 'app',
  enrich: 'app',
  bus: 'data',
  'call-log': 'data',
  'edge-store': 'data',
  opensearch: 'data',
  aws: 'endpoints',
  s3: 'endpoints',
};

/**
 * What the network is made of besides rules: who stands where, ways out of subnets, public addresses, and whatever else could join the
 * VPC to something. Each a line; sorted, each once.
 */
export function wayLines(templates: Templates, model: Model, subnets: readonly PlannedSubnet[]): string[] {
  const nameOf = (subnet: Subnet | undefined) => {
    const found = subnets.find(({ cidr }) => {
      const { from, to } = intervalOf(cidr);
      return subnet?.range.from === from && subnet.range.to === to;
    });
    return found === undefined ? `?${subnet?.id}` : `${found.kind} ${found.zone}`;
  };
  const joints = resourcesOf(templates).filter(({ type }) => joining.test(type));
  return [
    ...new Set([
      ...[...model.subnets.values()].flatMap((subnet) => [
        ...subnet.routes.map(({ target }) => `${nameOf(subnet)} leads to ${target}`),
        ...(subnet.mapsPublicAddresses ? [`${nameOf(subnet)} hands out public addresses`] : []),
      ]),
      ...model.endpoints.flatMap(({ id, groups, subnets: at, isPublic }) => {
        const places = [
          ...new Set(groups.map((group) => model.groups.get(group)?.place ?? `?${group}`)),
        ].sort();
        const place = places.join('+') || `?${id}`;
        const open = isPublic ? ' with a public address' : '';
        return at.map((subnet) => `${place} stands in ${nameOf(model.subnets.get(subnet))}${open}`);
      }),
      ...joints.map(({ type }) => type),
    ]),
  ].sort();
}

/**
 * What differs from the plan: the edge's outer subnets lead to the internet, the app tier's to the backend, only the edge's outer interfaces
 * have public addresses, and every place stands somewhere, in subnets of its kind.
 */
export function wayFaults(lines: readonly string[], { zones, settings }: Deployment): string[] {
  const planned = new Set([
    'AWS::EC2::InternetGateway',
    'AWS::EC2::TransitGatewayAttachment',
    ...zones.flatMap((_, zone) => [
      `edge-outer ${zone} leads to InternetGateway`,
      `app ${zone} leads to ${settings.backend.gateway}`,
      ...Object.entries(plan).map(
        ([place, kind]) =>
          `${place} stands in ${kind} ${zone}${place === 'edge-outer' ? ' with a public address' : ''}`,
      ),
    ]),
  ]);
  const nowhere = Object.keys(plan).filter(
    (place) => !lines.some((line) => line.startsWith(`${place} stands`)),
  );
  return [
    ...lines.filter((line) => !planned.has(line)).map((line) => `not planned: ${line}`),
    ...nowhere.map((place) => `missing: ${place} stands nowhere`),
    ...[...planned]
      .filter((line) => line.includes(' leads to ') && !lines.includes(line))
      .map((line) => `missing: ${line}`),
  ];
}

const joining =
  /^AWS::(EC2::(InternetGateway|NatGateway|EgressOnlyInternetGateway|VPCPeeringConnection|VPNGateway|VPNConnection|TransitGatewayAttachment|CarrierGateway|ClientVpnEndpoint|VPCCidrBlock|Instance)|ElasticLoadBalancingV2::LoadBalancer|GlobalAccelerator::Accelerator|VpcLattice::.*)$/;
