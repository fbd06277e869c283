import type { Flow } from '@vestibule/network';
import type { Networks } from '../lib/network/security-groups.ts';
import { type Interval, intervalOf, isCovered, overlap } from './cidr.ts';
import {
  type AclEntry,
  type Endpoint,
  everyPort,
  type Group,
  type Model,
  type Rule,
  type Subnet,
} from './model.ts';

/** Who can open a connection to whom, as `from to protocol ports`; sorted, each once. */
export type Flows = readonly string[];

/** A party of a flow: a place of the matrix inside the VPC, or a network outside. */
interface Party {
  place: string;
  groups: readonly Group[];
  /** Where it has addresses. */
  ranges: readonly Interval[];
  subnets: readonly Subnet[];
  isOutside: boolean;
  isPublic: boolean;
}

const everything: Interval = { from: 0, to: 2 ** 32 - 1 };
const internet = 'internet';

/**
 * Every flow that the templates allow: security groups on both sides, network ACLs, routes and public addresses. A group that nothing uses yet is taken to stand in a
 * subnet without a way out. @param outside networks of the places outside the VPC; what lies in none of them is the internet.
 */
export function solve(model: Model, vpc: string, outside: Networks): Flows {
  const inner = insideParties(model);
  const outer = outsideParties(vpc, outside);
  const pairs = [
    ...inner.flatMap((from) => inner.map((to) => [from, to] as const)),
    ...outer.flatMap((from) => inner.map((to) => [from, to] as const)),
    ...inner.flatMap((from) => outer.map((to) => [from, to] as const)),
  ];
  return [...new Set(pairs.flatMap(([from, to]) => flowsBetween(from, to)))].sort();
}

function insideParties({ groups, endpoints, subnets }: Model): Party[] {
  const used = new Set(endpoints.flatMap((endpoint) => endpoint.groups));
  const idle = [...groups.values()]
    .filter(({ id }) => !used.has(id))
    .map((group) =>
      party({ id: group.id, groups: [group.id], subnets: [], isPublic: false }, groups, subnets),
    );
  return [...idle, ...endpoints.map((endpoint) => party(endpoint, groups, subnets))];
}

function party(
  endpoint: Endpoint,
  groups: ReadonlyMap<string, Group>,
  subnets: ReadonlyMap<string, Subnet>,
): Party {
  const own = endpoint.groups.flatMap((id) => groups.get(id) ?? []);
  const places = [...new Set(own.map(({ place }) => place))].sort().join('+');
  const at = endpoint.subnets.flatMap((id) => subnets.get(id) ?? []);
  return {
    place: places === '' ? `?${endpoint.id}` : places,
    groups: own,
    subnets: at,
    ranges: at.map(({ range }) => range),
    isOutside: false,
    isPublic: endpoint.isPublic,
  };
}

function outsideParties(vpc: string, outside: Networks): Party[] {
  const known = Object.entries(outside).filter(([place]) => place !== internet);
  const parties = known.map(([place, networks]) => ({ place, ranges: networks.map(intervalOf) }));
  const named = [intervalOf(vpc), ...parties.flatMap(({ ranges }) => ranges)];
  return [...parties, { place: internet, ranges: gaps(named) }].map((one) => ({
    ...one,
    ...{ groups: [], subnets: [], isOutside: true, isPublic: false },
  }));
}

/** What of all addresses lies in none of `parts`. */
function gaps(parts: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  let next = 0;
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    if (from > next) found.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  if (next <= everything.to) found.push({ from: next, to: everything.to });
  return found;
}

function flowsBetween(from: Party, to: Party): string[] {
  if (!hasWay(from, to)) return [];
  const out = from.isOutside
    ? [free]
    : from.groups.flatMap(({ egress }) => egress.filter((rule) => admits(rule, to)));
  const into = to.isOutside
    ? [free]
    : to.groups.flatMap(({ ingress }) => ingress.filter((rule) => admits(rule, from)));
  return out.flatMap((a) =>
    into.flatMap((b) => {
      const protocol = a.protocol === '-1' ? b.protocol : a.protocol;
      const ports = overlap(a.ports, b.ports);
      const isSame = b.protocol === '-1' || b.protocol === protocol;
      if (!isSame || ports === undefined || !passesAcls(from, to, protocol, ports)) return [];
      return [`${from.place} ${to.place} ${protocol} ${ports.from}-${ports.to}`];
    }),
  );
}

const free: Rule = { protocol: '-1', ports: everyPort, peer: { cidr: '0.0.0.0/0' } };

function admits({ peer }: Rule, { groups, ranges, isOutside }: Party): boolean {
  if ('group' in peer) return groups.some(({ id }) => id === peer.group);
  const range = intervalOf(peer.cidr);
  // Nobody knows where what stands nowhere yet will stand.
  if (!isOutside && ranges.length === 0) return isCovered(everything, [range]);
  return ranges.some((each) => overlap(each, range) !== undefined);
}

/** Within the VPC there is always a way. To and from outside it takes a route there, and over the internet gateway a public address. */
function hasWay(from: Party, to: Party): boolean {
  if (from.isOutside === to.isOutside) return true;
  const [inner, outer] = from.isOutside ? [to, from] : [from, to];
  return inner.subnets.length === 0
    ? outer.place === 'backend'
    : inner.subnets.some(({ routes }) =>
        routes.some(
          ({ destination, target }) =>
            outer.ranges.some((range) => overlap(range, destination)) &&
            (target !== 'InternetGateway' || inner.isPublic) &&
            // Nobody comes in through a NAT gateway.
            !(from.isOutside && target === 'NatGateway'),
        ),
      );
}

function passesAcls(from: Party, to: Party, protocol: string, ports: Interval): boolean {
  const allows = (party: Party, peer: Party, isEgress: boolean) =>
    party.subnets.length === 0 ||
    party.subnets.some(
      ({ acl }) =>
        acl === undefined ||
        peer.ranges.some((range) => aclAllows(acl, { isEgress, protocol, ports, range })),
    );
  return allows(from, to, true) && allows(to, from, false);
}

/** The first entry that matches decides; without one it is denied. An entry that matches in part is taken to match. */
function aclAllows(
  entries: readonly AclEntry[],
  wanted: Pick<AclEntry, 'isEgress' | 'protocol' | 'ports' | 'range'>,
): boolean {
  const found = entries
    .toSorted((a, b) => a.number - b.number)
    .find(
      (entry) =>
        entry.isEgress === wanted.isEgress &&
        (entry.protocol === '-1' || entry.protocol === wanted.protocol) &&
        overlap(entry.ports, wanted.ports) !== undefined &&
        overlap(entry.range, wanted.range) !== undefined,
    );
  return found?.isAllowed ?? false;
}

/** The same of the matrix. */
export const matrixFlows = (flows: readonly Flow[]): Flows =>
  [
    ...new Set(
      flows.flatMap(({ from, to, protocol, deployed }) =>
        deployed === undefined ? [] : [`${from} ${to} ${protocol} ${deployed.from}-${deployed.to}`],
      ),
    ),
  ].sort();
