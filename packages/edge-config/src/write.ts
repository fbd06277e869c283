import { mkdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import { switches, tablesFolder, tableText } from './data-tables.ts';
import { type RenderOptions, renderEdge } from './render.ts';

/** Renders into `paths.files` and makes both directories. Returns the paths written. */
export async function writeEdge(config: Config, options: RenderOptions): Promise<string[]> {
  const { paths } = options;
  await mkdir(paths.run, { recursive: true });
  await keepSwitches(paths.files);
  return Promise.all(
    renderEdge(config, options).files.map(async ({ path, text }) => {
      const file = join(paths.files, path);
      await mkdir(dirname(file), { recursive: true });
      // The store's password may be in rtpengine.conf.
      await writeFile(file, text, { mode: 0o640 });
      return file;
    }),
  );
}

/** A host that drains is not brought back by a new config. `files`: the edge's folder. */
export async function keepSwitches(files: string): Promise<void> {
  const folder = join(files, tablesFolder);
  const table = switches(false);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, table.name), tableText(table), { flag: 'wx', mode: 0o640 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
}

/** Puts a text in a file's place at once. A file of tables is read again only when it is younger, in whole seconds. */
export async function replaceFile(file: string, text: string, clock: Clock): Promise<void> {
  const draft = `${file}.new`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, text, { mode: 0o640 });
  const before = await stat(file).catch(() => undefined);
  const second = Math.floor(clock.now() / 1000);
  const younger = Math.max(second, before === undefined ? 0 : Math.floor(before.mtimeMs / 1000) + 1);
  await utimes(draft, second, younger);
  await rename(draft, file);
}
