import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from './plan.ts';

/** Changes as a unified diff (diffutils), without the store's password. */
export async function diffText(changes: readonly Change[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-edge-diff-'));
  try {
    const texts: string[] = [];
    for (const { path, present = '', text } of changes) {
      const [before, after] = [join(folder, 'before'), join(folder, 'after')];
      await writeFile(before, withoutPassword(present));
      await writeFile(after, withoutPassword(text));
      texts.push(await unified(path, before, after));
    }
    return texts.join('');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** diff's exit status is 1 when there is a difference. */
function unified(path: string, before: string, after: string): Promise<string> {
  const labels = ['--label', `${path} (as it is)`, '--label', `${path} (as it would be)`];
  return new Promise((resolve, reject) =>
    execFile('diff', ['-u', ...labels, before, after], (error, stdout) => {
      if (error === null || error.code === 1) resolve(stdout);
      else reject(new Error('diff failed', { cause: error }));
    }),
  );
}

const withoutPassword = (text: string) =>
  text
    .replace(/^(redis = )[^@\n]+@/m, '$1***@')
    .replace(/^(REDISCLI_AUTH=)'[^\n]*?' timeout/m, "$1'***' timeout");
