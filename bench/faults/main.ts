import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { CallWatch } from './call-watch.ts';
import { type FaultName, faultNames } from './faults.ts';
import type { Result } from './judge.ts';
import { report } from './report.ts';
import { Random } from '../../edge/torture/mutants/random.ts';
import { strikeUntil } from './striker.ts';

const usage = `--fault NAME…   ${faultNames.join(', ')}
--runs N        calls struck in all by each (20); those in --out count
--lanes N       calls at one time (2)
--out FILE      results, one JSON a line (bench/faults/results.jsonl)
--seed N        moments drawn at random (1)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fault: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string', default: '20' },
      lanes: { type: 'string', default: '2' },
      out: { type: 'string', default: 'bench/faults/results.jsonl' },
      seed: { type: 'string', default: '1' },
    },
  });
  const unknown = values.fault.filter((name) => !faultNames.includes(name as FaultName));
  if (unknown.length > 0) throw new CodedError('usage', `There is no fault ${unknown.join(', ')}.\n${usage}`);
  const done = () => resultsIn(values.out);
  const config = await loadConfig('vestibule.yaml');
  const watch = await CallWatch.connect(variable('VESTIBULE_LOG_URL'), {
    keyId: config.record.dataKey,
    tenant: config.tenant,
  });
  const backend = { url: variable('VESTIBULE_BACKEND_URL'), token: variable('VESTIBULE_BACKEND_TOKEN') };
  try {
    for (const fault of values.fault as FaultName[]) {
      const missing = () => Number(values.runs) - done().filter((one) => one.fault === fault).length;
      await strikeUntil({
        fault,
        isEnough: (pending) => missing() <= pending,
        lanes: Number(values.lanes),
        random: seeded(Number(values.seed) * 1000 + missing()),
        watch,
        backend,
        clock: systemClock,
        onResult: (result) => {
          appendFileSync(values.out, `${JSON.stringify(result)}\n`);
          process.stderr.write(`${JSON.stringify(result)}\n`);
        },
      });
    }
  } finally {
    watch.close();
  }
  process.stdout.write(report(done()));
}

function resultsIn(file: string): Result[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new CodedError('environment', `${name} is not set. Run it by: node local/stack/src/main.ts exec`);
  return value;
}

/** The same moments every time. */
function seeded(seed: number): () => number {
  const moments = new Random(seed);
  return () => moments.next();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
