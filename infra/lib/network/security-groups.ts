import type { Flow, FlowMatrix } from '@vestibule/network';
import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** The id of the security group of a place. @throws RangeError for a place that has none. */
export type GroupOf = (place: string) => string;

/** The tag by which a template says whose a security group is. */
export const placeTag = 'vestibule:place';

/** Places that are networks rather than groups. */
export type Networks = Readonly<Record<string, readonly string[]>>;

/**
 * A security group for each place of the flow matrix that stands in the VPC, with a rule on either side for each flow and no other.
 */
export function addSecurityGroups(
  scope: Construct,
  vpcId: string,
  matrix: FlowMatrix,
  { config, settings }: Deployment,
): GroupOf {
  const networks = outsideNetworks({ config, settings });
  const groups = new Map<string, ec2.CfnSecurityGroup>();
  for (const { name, is } of matrix.places) {
    if (name in networks) continue;
    const group = new ec2.CfnSecurityGroup(scope, `Group-${name}`, {
      vpcId,
      groupDescription: `${name}: ${is}`.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, '').slice(0, 255),
      // Without a rule of its own a group would get AWS's: everything, to everywhere.
      securityGroupEgress: [{ ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32' }],
    });
    Tags.of(group).add(placeTag, name);
    groups.set(name, group);
  }
  const groupOf: GroupOf = (place) => {
    const group = groups.get(place);
    if (group === undefined) throw new RangeError(`${place} has no security group`);
    return group.attrGroupId;
  };
  for (const [index, flow] of matrix.flows.entries()) addFlow(scope, index, flow, networks, groupOf);
  return groupOf;
}

/** Networks of the places that stand outside the VPC. */
export function outsideNetworks({ config, settings }: Pick<Deployment, 'config' | 'settings'>): Networks {
  const { carriers } = config;
  return {
    backend: settings.backend.networks,
    carrier: [...new Set(carriers.flatMap(({ signalling }) => signalling))],
    'carrier-media': [...new Set(carriers.flatMap(({ media }) => media))],
    internet: [],
  };
}

/** A rule at each end of the flow that stands in the VPC. */
function addFlow(scope: Construct, index: number, flow: Flow, networks: Networks, groupOf: GroupOf): void {
  const { from, to, protocol, deployed, why } = flow;
  if (deployed === undefined) return;
  const rule = {
    ipProtocol: protocol,
    fromPort: deployed.from,
    toPort: deployed.to,
    description: ascii(why),
  };
  if (!(to in networks))
    for (const [n, source] of endsOf(from, networks).entries())
      new ec2.CfnSecurityGroupIngress(scope, `In-${index}-${n}`, {
        ...rule,
        groupId: groupOf(to),
        ...(source === undefined ? { sourceSecurityGroupId: groupOf(from) } : { cidrIp: source }),
      });
  if (!(from in networks))
    for (const [n, target] of endsOf(to, networks).entries())
      new ec2.CfnSecurityGroupEgress(scope, `Out-${index}-${n}`, {
        ...rule,
        groupId: groupOf(from),
        ...(target === undefined ? { destinationSecurityGroupId: groupOf(to) } : { cidrIp: target }),
      });
}

/** The networks of a place, or undefined once for a place with a group. */
const endsOf = (place: string, networks: Networks): readonly (string | undefined)[] =>
  networks[place] ?? [undefined];

const ascii = (text: string) => text.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, '');
