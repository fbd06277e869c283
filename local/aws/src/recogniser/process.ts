import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@vestibule/core';
import { recogniserPaths, type RecogniserPaths } from './paths.ts';
import type { RecogniserErrorCode } from './types.ts';

export interface RecogniserProcess {
  /** For `openRecogniser`. */
  socket: string;
  pid: number;
  /** Settles with the exit code when the process is gone, whoever ended it. */
  exited: Promise<number | null>;
  /** Ends it and its streams. */
  stop(): Promise<void>;
}

export interface RecogniserProcessOptions {
  paths?: RecogniserPaths;
  /** Where the socket goes; a fresh directory under the system's temporary one unless told. */
  socket?: string;
  /** Streams at a time. Default 32. */
  streams?: number;
  /** How long starting may take, ms. Default 20,000. */
  startWithinMs?: number;
}

/**
 * Starts the sidecar and resolves when it listens. It ends with this process, however that ends (its standard input
 * closes). Throws `did-not-start`.
 */
export async function startRecogniserProcess(
  options: RecogniserProcessOptions = {},
): Promise<RecogniserProcess> {
  const paths = options.paths ?? recogniserPaths(process.env.XDG_CACHE_HOME);
  const directory = options.socket ? undefined : mkdtempSync(join(tmpdir(), 'recogniser-'));
  const socket = options.socket ?? join(directory ?? '', 'socket');
  const streams = String(options.streams ?? 32);
  const child = spawn(
    paths.python,
    [paths.script, '--model', paths.model, '--socket', socket, '--streams', streams, '--until-stdin-closes'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      child.kill('SIGTERM');
    await exited;
    if (directory) rmSync(directory, { recursive: true, force: true });
  };
  try {
    await ready(child, exited, options.startWithinMs ?? 20_000);
  } catch (cause) {
    await stop();
    throw didNotStart(cause);
  }
  return { socket, pid: child.pid ?? 0, exited, stop };
}

/** Its first line says that it listens. */
async function ready(child: ChildProcess, exited: Promise<unknown>, withinMs: number): Promise<void> {
  if (!child.stdout) throw new TypeError('no standard output');
  const lines = createInterface(child.stdout);
  const timer = AbortSignal.timeout(withinMs);
  const ended = exited.then(() => Promise.reject(didNotStart()));
  await Promise.race([once(lines, 'line', { signal: timer }), ended]);
  child.stdout.resume();
}

function didNotStart(cause?: unknown): CodedError<RecogniserErrorCode> {
  return new CodedError(
    'did-not-start',
    'the recogniser did not start; set it up with: python3.11 local/aws/recogniser/install.py',
    { cause },
  );
}
