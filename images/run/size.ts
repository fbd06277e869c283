import { execFileSync } from 'node:child_process';

/** Of a tree, and of some folders in it: megabytes (10^6) of what is in the files, links left out. */
export function size(root: string, folders: readonly string[]): { all: number; own: number } {
  const megabytes = (path: string) => {
    const [bytes] = execFileSync('du', ['-s', '--apparent-size', '--block-size=1', path], {
      encoding: 'utf8',
    }).split('\t');
    return Number(bytes) / 1e6;
  };
  const own = folders.reduce((sum, folder) => sum + megabytes(`${root}/${folder}`), 0);
  return { all: Math.round(megabytes(root)), own: Math.round(own) };
}
