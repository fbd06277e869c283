import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { deploymentOf } from '../lib/deployment.ts';
import { synthesise } from '../lib/synth.ts';
import { checkReach } from '../reach/check.ts';

/** `make deploy-check`: synthesises VESTIBULE_CONFIG (default: the example) and holds what can reach what to the flow matrix. */
const file =
  process.env['VESTIBULE_CONFIG'] ?? new URL('../example/vestibule.yaml', import.meta.url).pathname;
const say = (line: string) => void process.stdout.write(`${line}\n`);
try {
  const config = await loadConfig(file);
  const began = systemClock.monotonic();
  const templates = synthesise(config, file);
  const seconds = ((systemClock.monotonic() - began) / 1000).toFixed(1);
  for (const [stack, { Resources }] of Object.entries(templates))
    say(`${stack.padEnd(20)} ${Object.keys(Resources).length} resources`);
  say(`synthesised in ${seconds} s, without an account\n`);
  const { flows, differences } = checkReach(templates, deploymentOf(config, file));
  for (const flow of flows) say(flow);
  say(`\n${flows.length} flows; ${differences.length} differences from packages/network/flow-matrix.yaml`);
  for (const difference of differences) say(`  ✗ ${difference}`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof CodedError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
