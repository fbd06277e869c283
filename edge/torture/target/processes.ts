import { readdir, readFile } from 'node:fs/promises';

/** Processes whose command line holds `text`, as `pid@start time`: the same list later means that none died or was replaced. */
export async function processesWith(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => identity(pid, text)));
  return found.filter((each) => each !== undefined).sort();
}

async function identity(pid: string, text: string): Promise<string | undefined> {
  try {
    const [command, stat] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'latin1'),
      readFile(`/proc/${pid}/stat`, 'latin1'),
    ]);
    if (!command.includes(text)) return undefined;
    // Field 22 of proc(5), counted from the state, which follows the program's name in brackets.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid}@${started}`;
  } catch {
    return undefined; // it has ended meanwhile
  }
}
