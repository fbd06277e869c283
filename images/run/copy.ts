import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { RunError } from './errors.ts';

/** `cp` keeps links, modes and times; owner becomes root, as Docker has it. */
const cp = (...args: string[]) =>
  execFileSync('cp', ['-dR', '--preserve=mode,timestamps,links', '--reflink=auto', ...args]);

/** A tree with all that is in another. */
export function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync('cp', ['-a', '--reflink=auto', `${from}/.`, `${to}/`]);
}

/** The build context: what .dockerignore leaves. */
export function copyContext(from: string, to: string, isIgnored: (path: string) => boolean): void {
  const skip = /^(\.git|\.local|\.ci)(\/|$)/;
  cpSync(from, to, {
    recursive: true,
    filter: (source) => {
      const path = relative(from, source);
      if (path === '') return true;
      if (skip.test(path) || /(^|\/)node_modules(\/|$)/.test(path)) return !isIgnored(path);
      // A folder that is kept out may have something in it that is not.
      return statSync(source).isDirectory() || !isIgnored(path);
    },
  });
  execFileSync('find', [to, '-mindepth', '1', '-type', 'd', '-empty', '-delete']);
}

export interface Copying {
  /** Where the sources are. */
  from: string;
  sources: readonly string[];
  /** The stage's tree. */
  root: string;
  workdir: string;
  target: string;
  /** `UID:GID` */
  chown?: string;
  /** For messages. */
  line: number;
}

/** COPY: of a folder what is in it. @throws RunError `failed` when a source is not there. */
export function copyInto({ from, sources, root, workdir, target, chown, line }: Copying): void {
  const to = join(root, resolve(workdir, target));
  const into = target.endsWith('/') || sources.length > 1;
  for (const source of sources) {
    const path = join(from, source);
    if (!existsSync(path)) throw new RunError('failed', `Dockerfile:${line}: COPY: ${source} is not there`);
    const isFolder = statSync(path).isDirectory();
    const folder = isFolder || into ? to : dirname(to);
    const made = mkdirSync(folder, { recursive: true });
    if (isFolder) cp(`${path}/.`, `${to}/`);
    else cp(path, into ? `${to}/` : to);
    if (chown === undefined) continue;
    if (!isFolder || made === undefined)
      throw new RunError(
        'unknown-instruction',
        `Dockerfile:${line}: COPY --chown needs a folder that makes another`,
      );
    execFileSync('chown', ['-Rh', chown, to]);
  }
}
