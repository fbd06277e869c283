import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import type { Entry } from '@vestibule/record';
import { CallWatch } from './call-watch.ts';
import { LiveCall } from './live-call.ts';

/**
 * No fault at all, but every core saturated: counts the take-overs, of which there must be none. Prints how much of its time a busy loop got,
 * as proof of the load.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, lanes: { type: 'string', default: '2' } },
});
const url = process.env.VESTIBULE_LOG_URL;
if (url === undefined)
  throw new CodedError(
    'environment',
    'VESTIBULE_LOG_URL is not set. Run it by: node local/stack/src/main.ts exec',
  );
const config = await loadConfig('vestibule.yaml');
const watch = await CallWatch.connect(url, { keyId: config.record.dataKey, tenant: config.tenant });
const ms = Number(values.minutes) * 60_000;
const until = systemClock.monotonic() + ms;
const cores = availableParallelism();
const loops = Array.from({ length: cores }, () => busyFor(ms));
const calls: Entry[][] = [];

async function callOn(lane: number): Promise<void> {
  while (systemClock.monotonic() < until - 120_000)
    calls.push(await new LiveCall(lane, watch, systemClock).run(new AbortController().signal));
}

/** @returns the share of a core that it got. */
function busyFor(length: number): Promise<number> {
  const code = `const end = performance.now() + ${length}; while (performance.now() < end);
    console.log(process.cpuUsage().user / 1000 / ${length})`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  return new Promise((resolve) => child.stdout.once('data', (share: Buffer) => resolve(Number(share))));
}

await Promise.all(Array.from({ length: Number(values.lanes) }, (_, lane) => callOn(lane)));
const takeOvers = calls.flat().filter(({ header }) => header.kind === 'take-over').length;
const shares = await Promise.all(loops);
const lasted = calls
  .map((entries) => Date.parse(entries.at(-1)?.header.at ?? '') - Date.parse(entries[0]?.header.at ?? ''))
  .filter(Number.isFinite)
  .reduce((sum, one) => sum + one, 0);
process.stdout.write(
  `${values.minutes} min, ${cores} busy loops (each got ${shares.map((share) => share.toFixed(2)).join(', ')} of a core): ` +
    `${calls.length} calls, ${Math.round(lasted / 60_000)} min on the line, ${takeOvers} take-overs\n`,
);
watch.close();
process.exitCode = takeOvers === 0 ? 0 : 1;
