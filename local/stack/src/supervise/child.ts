import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { ProcessPart } from './part.ts';

/** How a child ended: an exit code, a signal, or it could not be started at all. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: NodeJS.ErrnoException;
}

/** A started part. It leads a session and process group of its own, so Ctrl-C reaches it only through us. */
export interface Child {
  readonly pid: number | undefined;
  readonly ended: Promise<Ending>;
  readonly hasEnded: () => boolean;
  /** SIGTERM, after `within` ms SIGKILL; what the part forked and left behind is killed too. */
  readonly stop: (within: number) => Promise<Ending>;
}

/**
 * Starts `part` with its output going to `logFile`. setpriv asks the kernel to signal the child when this process
 * dies without a word (PR_SET_PDEATHSIG, prctl(2)); it execs, so the pid is the part's own.
 */
export function startChild(
  part: Pick<ProcessPart, 'command' | 'args' | 'cwd' | 'onLauncherDeath'>,
  env: Readonly<Record<string, string>>,
  logFile: string,
): Child {
  const log = openSync(logFile, 'w', 0o600);
  const signal = (part.onLauncherDeath ?? 'SIGKILL').slice(3);
  const child = spawn('setpriv', ['--pdeathsig', signal, '--', part.command, ...part.args], {
    cwd: part.cwd,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let over = false;
  const ended = endingOf(child).finally(() => {
    over = true;
    killGroup(child.pid);
  });
  return {
    pid: child.pid,
    ended,
    hasEnded: () => over,
    stop: async (within) => {
      if (!over) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), within);
      const ending = await ended;
      clearTimeout(timer);
      return ending;
    },
  };
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left, as it should be.
  }
}
