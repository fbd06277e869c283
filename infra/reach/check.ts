import { flowMatrix } from '@vestibule/network';
import type { Deployment } from '../lib/deployment.ts';
import { services } from '../lib/network/endpoints.ts';
import { outsideNetworks } from '../lib/network/security-groups.ts';
import { modelOf } from './model.ts';
import { matrixRuleLines, ruleLines } from './rules.ts';
import { matrixFlows, solve } from './solve.ts';
import type { Templates } from './template.ts';
import { wayLines } from './ways.ts';

export interface Reach {
  /** Everything that can reach something. */
  flows: readonly string[];
  /** What differs from the flow matrix and from the plan of subnets; none when all is as it should be. */
  differences: string[];
}

/** Holds synthesised templates to the flow matrix. */
export function checkReach(templates: Templates, deployment: Deployment): Reach {
  const model = modelOf(templates);
  const outside = outsideNetworks(deployment);
  const { flows: matrix } = flowMatrix();
  const flows = solve(model, deployment.settings.network, outside);
  return {
    flows,
    differences: [
      ...compare('flow', flows, matrixFlows(matrix)),
      ...compare('rule', ruleLines(model), matrixRuleLines(matrix, outside)),
      ...compare('way', wayLines(templates, model), plannedWays(deployment)),
    ],
  };
}

const endpointNames = [...services, 's3'].map((service) => ({
  name: `Endpoint${service.replace(/[^a-z0-9]/g, '')}`,
  place: service === 's3' ? 's3' : 'aws',
}));

/** The edge's outer subnets lead to the internet, the app tier's to the backend, and only the edge's outer interfaces have public addresses. */
function plannedWays({ zones, settings }: Deployment): string[] {
  const { gateway, networks } = settings.backend;
  return [
    'AWS::EC2::InternetGateway Internet',
    'AWS::EC2::TransitGatewayAttachment Backend',
    ...zones.flatMap((_, zone) => [
      `Subnetedgeouter${zone} leads to InternetGateway`,
      `Outer${zone} has a public address`,
      `Outer${zone} is edge-outer in Subnetedgeouter${zone}`,
      `Inner${zone} is edge-inner in Subnetedgeinner${zone}`,
      ...endpointNames.map(({ name, place }) => `${name} is ${place} in Subnetendpoints${zone}`),
      ...networks.map(() => `Subnetapp${zone} leads to ${gateway}`),
    ]),
  ].sort();
}

function compare(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  const left = [...wanted];
  const more: string[] = [];
  for (const line of found) {
    const index = left.indexOf(line);
    if (index === -1) more.push(line);
    else left.splice(index, 1);
  }
  return [
    ...more.map((line) => `${what} too many: ${line}`),
    ...left.map((line) => `${what} missing: ${line}`),
  ];
}
