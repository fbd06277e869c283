import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** cfn-lint's errors and warnings on templates. @throws when cfn-lint cannot be run */
export async function lint(program: string, files: readonly string[], region: string): Promise<string[]> {
  const run = promisify(execFile);
  try {
    await run(program, ['--regions', region, '--format', 'parseable', '--', ...files], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return [];
  } catch (error) {
    const { stdout, code } = error as { stdout?: string; code?: number | string };
    // Bits of what was found: 2 errors, 4 warnings.
    if (typeof code === 'number' && code >= 2 && stdout) return stdout.trim().split('\n');
    throw error;
  }
}
