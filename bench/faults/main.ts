import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { CallWatch } from './call-watch.ts';
import { type FaultName, faultNames } from './faults.ts';
import { report } from './report.ts';
import { type RunResult, runWithFault } from './run.ts';

const { values: options } = parseArgs({
  options: {
    fault: { type: 'string', default: 'kill' },
    runs: { type: 'string', default: '20' },
    persona: { type: 'string', default: 'examples/personas/plain.yaml' },
    out: { type: 'string', default: '.local/faults.jsonl' },
    seed: { type: 'string', default: '1' },
  },
});

async function main(): Promise<void> {
  const fault = faultNames.find((name) => name === options.fault);
  if (!fault) throw new CodedError('usage', `--fault is one of ${faultNames.join(', ')}`);
  const done = () => resultsIn(options.out);
  const config = await loadConfig('vestibule.yaml');
  const watch = await CallWatch.connect(variable('VESTIBULE_LOG_URL'), {
    keyId: config.record.dataKey,
    tenant: config.tenant,
  });
  const backend = { url: variable('VESTIBULE_BACKEND_URL'), token: variable('VESTIBULE_BACKEND_TOKEN') };
  try {
    for (let run = countOf(done(), fault); run < Number(options.runs); run++) {
      const random = seeded(Number(options.seed) * 1000 + run);
      const after = { answers: 3 + Math.floor(random() * 5), ms: Math.floor(random() * 6000) };
      const result = await runWithFault({
        fault,
        persona: options.persona,
        after,
        watch,
        backend,
        clock: systemClock,
      });
      appendFileSync(options.out, `${JSON.stringify(result)}\n`);
      process.stderr.write(`${JSON.stringify(result)}\n`);
    }
  } finally {
    watch.close();
  }
  process.stdout.write(report(done()));
}

function resultsIn(file: string): RunResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as RunResult);
}

const countOf = (results: readonly RunResult[], fault: FaultName) =>
  results.filter((one) => one.fault === fault).length;

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new CodedError('environment', `${name} is not set. Run it by: node local/stack/src/main.ts exec`);
  return value;
}

/** mulberry32: the same moments every time. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
