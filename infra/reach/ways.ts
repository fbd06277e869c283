import type { Model } from './model.ts';
import { resourcesOf, type Templates } from './template.ts';

/**
 * What the network is made of besides rules: who stands where, ways out of subnets, public addresses, and whatever else could join the VPC to something. Each a line; sorted.
 */
export function wayLines(templates: Templates, { subnets, endpoints, groups }: Model): string[] {
  const nameOf = (id: string) => id.split('/')[1] ?? id;
  const joints = resourcesOf(templates).filter(({ type }) => joining.test(type));
  return [
    ...[...subnets.values()].flatMap(({ id, routes, mapsPublicAddresses }) => [
      ...routes.map(({ target }) => `${nameOf(id)} leads to ${target}`),
      ...(mapsPublicAddresses ? [`${nameOf(id)} hands out public addresses`] : []),
    ]),
    ...endpoints.flatMap((endpoint) => {
      const places = endpoint.groups.map((group) => groups.get(group)?.place ?? '?').join('+');
      return endpoint.subnets.map((subnet) => `${nameOf(endpoint.id)} is ${places} in ${nameOf(subnet)}`);
    }),
    ...endpoints.filter(({ isPublic }) => isPublic).map(({ id }) => `${nameOf(id)} has a public address`),
    ...joints.map(({ id, type }) => `${type} ${nameOf(id)}`),
  ].sort();
}

const joining =
  /^AWS::(EC2::(InternetGateway|NatGateway|EgressOnlyInternetGateway|VPCPeeringConnection|VPNGateway|VPNConnection|TransitGatewayAttachment|CarrierGateway|ClientVpnEndpoint|VPCCidrBlock|Instance)|ElasticLoadBalancingV2::LoadBalancer|GlobalAccelerator::Accelerator|VpcLattice::.*)$/;
