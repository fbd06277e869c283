import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@vestibule/core';
import { z } from 'zod';
import { isAlive, processesWith, startTimeOf } from './process-table.ts';

/**
 * Every process of a stack carries this variable with the clone's state folder as its value, and so does whatever it
 * forks: that finds what a kill -9 left behind, even where a process changed its group or its parent. Programs that
 * write their title over their environment (redis-server) are found by the list of started children instead.
 */
export const stackMarker = 'VESTIBULE_STACK';

const childrenSchema = z.array(z.object({ pid: z.number().int(), startTime: z.string() }));

/** Keeps the list of started children on disk, for whoever must clean up after us. */
export class ChildList {
  readonly #file: string;
  readonly #children: z.infer<typeof childrenSchema> = [];

  constructor(runFolder: string) {
    this.#file = join(runFolder, 'children.json');
  }

  add(pid: number): void {
    const startTime = startTimeOf(pid);
    if (startTime === undefined) return;
    this.#children.push({ pid, startTime });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#children));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Those on disk that still live. */
  alive(): number[] {
    try {
      const known = childrenSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      return known.filter(({ pid, startTime }) => startTimeOf(pid) === startTime).map(({ pid }) => pid);
    } catch {
      return [];
    }
  }
}

/** The processes of this clone's stack, whoever started them. */
export function stackProcesses(stateFolder: string, runFolder: string): number[] {
  const pids = [...new ChildList(runFolder).alive(), ...processesWith(stackMarker, stateFolder)];
  return [...new Set(pids)].sort((a, b) => a - b);
}

/** Kills what an earlier run of this clone's stack left behind and waits until it is gone. Returns how many. */
export async function sweepLeftovers(stateFolder: string, runFolder: string, clock: Clock): Promise<number> {
  const seen = new Set<number>();
  for (;;) {
    const pids = stackProcesses(stateFolder, runFolder);
    if (pids.length === 0) return seen.size;
    for (const pid of pids) {
      seen.add(pid);
      kill(pid);
    }
    while (pids.some(isAlive)) await clock.sleep(10);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it ended meanwhile.
  }
}
