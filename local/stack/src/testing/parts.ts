import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessPart, TaskPart } from '../supervise/part.ts';

/** A folder that is gone when the test is. */
export function temporaryFolder(t: { after: (fn: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-stack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A tiny real process: a shell script that is ready once it has touched `<folder>/<name>`. */
export function shellPart(
  folder: string,
  name: string,
  script: string,
  more: Partial<ProcessPart> = {},
): ProcessPart {
  const flag = join(folder, name);
  return {
    kind: 'process',
    name,
    title: name,
    command: 'bash',
    args: ['-c', script.replaceAll('READY', `touch ${flag}`)],
    endpoints: [],
    ready: async () => existsSync(flag),
    after: [],
    ...more,
  };
}

export function task(name: string, run: TaskPart['run'], after: readonly string[] = []): TaskPart {
  return { kind: 'task', name, title: name, after, run };
}

/** Resolves when `condition` holds. The test runner's own time-out is the only clock. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
