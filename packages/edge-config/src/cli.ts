import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CheckResult, type Config, loadConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { checkEdge } from './check.ts';
import { edgeCommands } from './commands.ts';
import { renderEdge } from './render.ts';
import { writeEdge } from './write.ts';

/** `vestibule edge check FILE`: the config, and Kamailio's own parser over what it renders. */
export async function edgeCheck(file: string): Promise<CheckResult> {
  return withConfig(file, async (config) => {
    const { ok, output } = await checkEdge(config);
    return ok
      ? { ok, output: `${file} renders an edge that Kamailio takes.\n` }
      : { ok, output: `Kamailio refuses what ${file} renders:\n${output}` };
  });
}

/**
 * `vestibule edge render FILE --out DIR`. Says of each file whether it is new, changed or the same. A config that is
 * refused, or a script that Kamailio refuses, writes nothing.
 */
export async function edgeRender(file: string, out: string): Promise<CheckResult> {
  return withConfig(file, async (config) => {
    const checked = await checkEdge(config);
    if (!checked.ok)
      return { ok: false, output: `Kamailio refuses it; nothing was written:\n${checked.output}` };
    const files = resolve(out);
    const paths = { files, run: join(files, 'run') };
    const lines = await Promise.all(
      renderEdge(config, { paths }).files.map(
        async ({ path, text }) => `  ${(await stateOf(join(files, path), text)).padEnd(9)} ${path}`,
      ),
    );
    await writeEdge(config, { paths });
    const { kamailio, rtpengine } = edgeCommands(config, paths);
    return {
      ok: true,
      output: [
        `${files}:`,
        ...lines,
        'Start with:',
        `  ${rtpengine.join(' ')}`,
        `  ${kamailio.join(' ')}`,
        '',
      ].join('\n'),
    };
  });
}

async function stateOf(file: string, text: string): Promise<'new' | 'changed' | 'unchanged'> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === undefined) return 'new';
  return present === text ? 'unchanged' : 'changed';
}

async function withConfig(file: string, act: (config: Config) => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await act(await loadConfig(file));
  } catch (error) {
    if (isCodedError(error, 'invalid-config', 'unreadable-config', 'path-too-long')) {
      return { ok: false, output: `${error.message}\n` };
    }
    throw error;
  }
}
