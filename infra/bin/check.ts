import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { iamFaults, statementCount } from '../check/iam.ts';
import { lint } from '../check/lint.ts';
import { nag } from '../check/nag.ts';
import { Figures } from '../cost/figures.ts';
import { loadPrices } from '../cost/prices.ts';
import { costTable, modelOf } from '../cost/table.ts';
import { deploymentOf } from '../lib/deployment.ts';
import { synthesiseApp } from '../lib/synth.ts';
import { checkReach } from '../reach/check.ts';
import type { Templates } from '../reach/template.ts';

/**
 * `make deploy-check`: synthesises VESTIBULE_CONFIG (default: the example), says what a deployment makes and costs, and holds it to the flow
 * matrix, cdk-nag, cfn-lint and our own reading of its IAM.
 */
const file =
  process.env['VESTIBULE_CONFIG'] ?? new URL('../example/vestibule.yaml', import.meta.url).pathname;
const say = (line: string) => void process.stdout.write(`${line}\n`);

function result(name: string, found: readonly string[], note: string): boolean {
  say(`${found.length === 0 ? '✓' : '✗'} ${name}: ${found.length} findings (${note})`);
  for (const one of found) say(`  ✗ ${one}`);
  return found.length === 0;
}

function changes(templates: Templates): void {
  for (const [stack, { Resources }] of Object.entries(templates)) {
    const types = Object.values(Resources).map(({ Type }) => Type.replace('AWS::', ''));
    const counted = [...new Set(types)].map((type): [string, number] => [
      type,
      types.filter((each) => each === type).length,
    ]);
    const most = counted.sort((a, b) => b[1] - a[1]).slice(0, 4);
    const kinds = most.map(([type, count]) => `${count} ${type}`).join(', ');
    say(`${stack.padEnd(23)}${String(types.length).padStart(4)}  ${kinds}${counted.length > 4 ? ', …' : ''}`);
  }
}

async function main(): Promise<boolean> {
  const config = await loadConfig(file);
  const began = systemClock.monotonic();
  const { app, templates, files } = synthesiseApp(config, file);
  const seconds = ((systemClock.monotonic() - began) / 1000).toFixed(1);
  say(`Stacks, resources, and what there is most of (synthesised in ${seconds} s, without an account):`);
  changes(templates);
  say('\nWhat can reach what:');
  const { flows, differences } = checkReach(templates, deploymentOf(config, file));
  for (const flow of flows) say(`  ${flow}`);
  say('\nCost:');
  for (const line of costTable(
    loadPrices(),
    Figures.load(),
    modelOf(config.agent.models.llm[0]?.model ?? ''),
  ))
    say(`  ${line}`);
  say('');
  const { findings, accepted } = nag(app);
  return [
    result('reachability', differences, `${flows.length} flows, the flow matrix and the plan of subnets`),
    result(
      'cdk-nag, AWS Solutions and HIPAA Security',
      findings,
      `${accepted.length} accepted, each with its reason`,
    ),
    result('IAM', iamFaults(templates), `${statementCount(templates)} statements read`),
    result('cfn-lint', await lint(files, config.region), 'errors and warnings'),
  ].every(Boolean);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof CodedError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
