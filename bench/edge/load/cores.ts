import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { processesWith } from '../../../edge/torture/target/processes.ts';

/** Two cores: one for what is measured, one for what makes the load. */
export const generatorCore = 0;
export const measuredCore = 1;

const run = promisify(execFile);

/** Ticks of the kernel's clock in a second, as /proc counts: USER_HZ is 100 on every Linux that Debian builds. */
const ticksPerMs = 0.1;

export async function pin(pids: readonly number[], core: number): Promise<void> {
  await Promise.all(pids.map((pid) => run('taskset', ['-acp', String(core), String(pid)])));
}

/** Of a process as `processesWith` names it. */
export const pidOf = (identity: string): number => Number(identity.split('@')[0]);

/** Processes whose command line holds `text`. */
export const pidsWith = async (text: string): Promise<number[]> => (await processesWith(text)).map(pidOf);

/** Processor time that they have had so far, ms. */
export async function cpuMs(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
      // proc(5): utime and stime are fields 14 and 15, counted from the state, which is 3.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return times.reduce((sum, ticks) => sum + ticks, 0) / ticksPerMs;
}
