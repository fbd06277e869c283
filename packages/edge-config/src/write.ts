import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { type RenderOptions, renderEdge } from './render.ts';

/** Renders into `paths.files` and makes both directories. Returns the paths written. */
export async function writeEdge(config: Config, options: RenderOptions): Promise<string[]> {
  const { paths } = options;
  await mkdir(paths.files, { recursive: true });
  await mkdir(paths.run, { recursive: true });
  return Promise.all(
    renderEdge(config, options).files.map(async ({ path, text }) => {
      const file = join(paths.files, path);
      // The store's password may be in rtpengine.conf.
      await writeFile(file, text, { mode: 0o640 });
      return file;
    }),
  );
}
