import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { switches, tablesFolder, tableText } from './data-tables.ts';
import { type RenderOptions, renderEdge } from './render.ts';

/** Renders into `paths.files` and makes both directories. Returns the paths written. */
export async function writeEdge(config: Config, options: RenderOptions): Promise<string[]> {
  const { paths } = options;
  await mkdir(join(paths.files, tablesFolder), { recursive: true });
  await mkdir(paths.run, { recursive: true });
  await keepSwitches(join(paths.files, tablesFolder));
  return Promise.all(
    renderEdge(config, options).files.map(async ({ path, text }) => {
      const file = join(paths.files, path);
      // The store's password may be in rtpengine.conf.
      await writeFile(file, text, { mode: 0o640 });
      return file;
    }),
  );
}

/** A host that drains is not brought back by a new config. */
async function keepSwitches(folder: string): Promise<void> {
  const table = switches(false);
  await writeFile(join(folder, table.name), tableText(table), { flag: 'wx', mode: 0o640 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
}
