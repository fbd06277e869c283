import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startTimeOf } from './process-table.ts';

const schema = z.object({ pid: z.number().int(), startTime: z.string(), ready: z.boolean() });

/** The process that supervises the stack of a clone. */
export type Owner = z.infer<typeof schema>;

function fileIn(runFolder: string): string {
  return join(runFolder, 'supervisor.json');
}

/** The living owner; a file that a dead process left (or one whose pid was given away since) counts as none. */
export function currentOwner(runFolder: string): Owner | undefined {
  try {
    const owner = schema.parse(JSON.parse(readFileSync(fileIn(runFolder), 'utf8')));
    return startTimeOf(owner.pid) === owner.startTime ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that this process owns the stack, and whether all of it is ready. */
export function claimOwnership(runFolder: string, ready: boolean): void {
  const owner: Owner = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '', ready };
  const file = fileIn(runFolder);
  writeFileSync(`${file}.new`, JSON.stringify(owner));
  renameSync(`${file}.new`, file);
}

export function releaseOwnership(runFolder: string): void {
  if (currentOwner(runFolder)?.pid === process.pid) rmSync(fileIn(runFolder), { force: true });
}
