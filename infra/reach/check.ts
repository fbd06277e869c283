import { flowMatrix } from '@vestibule/network';
import type { Deployment } from '../lib/deployment.ts';
import { outsideNetworks } from '../lib/network/security-groups.ts';
import { modelOf } from './model.ts';
import { matrixRuleLines, ruleLines } from './rules.ts';
import { matrixFlows, solve } from './solve.ts';
import type { Templates } from './template.ts';
import { wayFaults, wayLines } from './ways.ts';

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
      ...wayFaults(wayLines(templates, model, deployment.subnets), deployment),
    ],
  };
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
