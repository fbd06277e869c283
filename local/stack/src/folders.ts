import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a clone keeps its state, and where all clones keep what is downloaded and built. Absolute paths. */
export interface Folders {
  readonly root: string;
  readonly cache: string;
  /** `.local`: everything below is git-ignored and may be deleted while the stack is down. */
  readonly state: string;
  readonly log: string;
  readonly run: string;
  readonly data: string;
}

export function foldersOf(root: string, cache: string): Folders {
  const state = join(root, '.local');
  return {
    root,
    cache,
    state,
    log: join(state, 'log'),
    run: join(state, 'run'),
    data: join(state, 'data'),
  };
}

export function makeFolders(folders: Folders): void {
  for (const folder of [folders.log, folders.run, folders.data]) mkdirSync(folder, { recursive: true });
}

/** The clone that this file is in. */
export const cloneRoot = resolve(import.meta.dirname, '../../..');
