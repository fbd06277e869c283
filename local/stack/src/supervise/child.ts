import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ProcessPart } from './part.ts';

/** How a child ended: an exit code, a signal, or it could not be started at all. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: NodeJS.ErrnoException;
}

export interface Child {
  readonly pid: number | undefined;
  readonly ended: Promise<Ending>;
  readonly hasEnded: () => boolean;
  /** SIGTERM, after `within` ms SIGKILL; what a child with a group of its own forked and left behind is killed too. */
  readonly stop: (within: number) => Promise<Ending>;
}

/** A child whose output we read. */
export interface PipedChild extends Child {
  readonly stdout: Readable;
  readonly stderr: Readable;
}

type Program = Pick<ProcessPart, 'command' | 'args' | 'cwd' | 'namespace' | 'onLauncherDeath'>;
type Variables = Readonly<Record<string, string>>;

/**
 * Starts a part with its output going to `logFile`. It leads a session and process group of its own, so Ctrl-C reaches it
 * only through us. `isAgain`: its log goes on.
 */
export function startChild(program: Program, env: Variables, logFile: string, isAgain = false): Child {
  const log = openSync(logFile, isAgain ? 'a' : 'w', 0o600);
  const child = start(program, env, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  return watched(child);
}

/** Like `startChild`, for a program whose output we read. */
export function startPipedChild(program: Program, env: Variables): PipedChild {
  const child = start(program, env, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // Piped, as asked for two lines above.
  return { ...watched(child), stdout: child.stdout!, stderr: child.stderr! };
}

/** A program that shares our terminal, and with it Ctrl-C. */
export function startAttachedChild(program: Program, env: Variables): Child {
  return watched(start(program, env, { stdio: 'inherit', detached: false }));
}

/**
 * setpriv asks the kernel to signal the child when this process dies without a word (PR_SET_PDEATHSIG, prctl(2)); it
 * execs, so the pid is the program's own.
 */
function start(
  { command, args, cwd, namespace, onLauncherDeath = 'SIGKILL' }: Program,
  env: Variables,
  options: { stdio: StdioOptions; detached: boolean },
): ChildProcess {
  const signal = onLauncherDeath.slice(3);
  // nsenter execs as well.
  const enter = namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${namespace}`, '--'];
  return spawn('setpriv', ['--pdeathsig', signal, '--', ...enter, command, ...args], {
    ...{ cwd, env },
    ...options,
  });
}

function watched(child: ChildProcess): Child {
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
