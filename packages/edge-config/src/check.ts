import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { edgeCommands } from './commands.ts';
import { writeEdge } from './write.ts';

/**
 * Renders into a temporary folder and has Kamailio's own parser read it. `output` holds what it complained of, with
 * the paths as they are in the rendered files.
 */
export async function checkEdge(config: Config): Promise<{ ok: boolean; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-edge-check-'));
  try {
    const paths = { files: folder, run: folder };
    await writeEdge(config, { paths });
    const [program, ...args] = edgeCommands(config, paths).check;
    return await new Promise((resolve) => {
      execFile(program, args, { timeout: 20_000 }, (error, _stdout, stderr) => {
        if (error === null) return resolve({ ok: true, output: '' });
        const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        const words = missing
          ? `${program} is not installed: apt-get install kamailio\n`
          : complaints(stderr);
        resolve({ ok: false, output: words.replaceAll(`${folder}/`, '') });
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Kamailio's errors, without its process id and log prefix. */
function complaints(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => /ERROR|CRITICAL|WARNING/.test(line))
    .map((line) => line.replace(/^\s*\d+\(\d+\)\s*/, ''));
  return `${lines.join('\n')}\n`;
}
