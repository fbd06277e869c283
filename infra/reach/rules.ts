import type { Flow } from '@vestibule/network';
import type { Networks } from '../lib/network/security-groups.ts';
import type { Model, Rule } from './model.ts';

/** Each rule of each security group: `place in|out protocol ports peer`; sorted. One side of a flow alone opens nothing, and is a fault all the same. */
export function ruleLines({ groups }: Model): string[] {
  const placeOf = (id: string) => groups.get(id)?.place ?? `?${id}`;
  const line = (place: string, side: string, { protocol, ports, peer }: Rule) =>
    `${place} ${side} ${protocol} ${ports.from}-${ports.to} ${'group' in peer ? placeOf(peer.group) : peer.cidr}`;
  return [...groups.values()]
    .flatMap(({ place, ingress, egress }) => [
      ...ingress.map((rule) => line(place, 'in', rule)),
      ...egress.map((rule) => line(place, 'out', rule)),
    ])
    .sort();
}

/** The same of the matrix. */
export function matrixRuleLines(flows: readonly Flow[], outside: Networks): string[] {
  const peers = (place: string) => outside[place] ?? [place];
  return flows
    .flatMap(({ from, to, protocol, deployed }) => {
      if (deployed === undefined) return [];
      const what = `${protocol} ${deployed.from}-${deployed.to}`;
      return [
        ...(to in outside ? [] : peers(from).map((peer) => `${to} in ${what} ${peer}`)),
        ...(from in outside ? [] : peers(to).map((peer) => `${from} out ${what} ${peer}`)),
      ];
    })
    .sort();
}
