import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('cfn-lint.sh', import.meta.url));

/** cfn-lint's errors and warnings on templates. @throws when cfn-lint cannot be had */
export async function lint(files: readonly string[], region: string): Promise<string[]> {
  try {
    const args = [script, '--regions', region, '--format', 'parseable', '--', ...files];
    await promisify(execFile)('bash', args, { maxBuffer: 64 * 1024 * 1024 });
    return [];
  } catch (error) {
    const { stdout, code } = error as { stdout?: string; code?: number | string };
    // Bits of what was found: 2 errors, 4 warnings.
    if (typeof code === 'number' && code >= 2 && stdout) return stdout.trim().split('\n');
    throw error;
  }
}
