import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { CodedError } from '@vestibule/core';

/** The pid of the stack's part with this in its command line. @throws CodedError `no-part` */
export function partPid(command: string): number {
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((each) => belongsToStack(each) && commandOf(each).includes(command));
  if (pid === undefined) throw new CodedError('no-part', `The stack runs no "${command}". Start it: make up`);
  return pid;
}

export function signalPart(command: string, signal: NodeJS.Signals): void {
  process.kill(partPid(command), signal);
}

/** The pid of who listens on one of the stack's ports: Redis overwrites where its mark would be. @throws CodedError `no-part` */
export function listenerPid(port: number): number {
  const line = execFileSync('ss', ['-tlnpH', 'sport', '=', `:${port}`], { encoding: 'utf8' });
  const pid = Number(/pid=(\d+)/.exec(line)?.[1]);
  if (!(pid > 1)) throw new CodedError('no-part', `Nothing listens on port ${port}. Start it: make up`);
  return pid;
}

/** Only what the stack started: it marks its processes. */
function belongsToStack(pid: number): boolean {
  return read(`/proc/${pid}/environ`).includes('VESTIBULE_STACK=') && pid !== process.pid;
}

const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
