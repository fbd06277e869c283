import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Runs the command line, and gives its exit code and all that it wrote. */
export function vestibule(...args: string[]): Promise<{ status: number; output: string }> {
  return new Promise((done) =>
    execFile(
      process.execPath,
      [join(root, 'apps/cli/src/main.ts'), ...args],
      { cwd: root },
      (error, stdout, stderr) => done({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}
