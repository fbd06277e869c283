import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Command } from '@vestibule/edge-config';

/** Starts a program with its output going to `log`, in a process group of its own: Kamailio's children go down with it even on SIGKILL. */
export async function startDaemon([program, ...args]: Command, log: string, env = {}): Promise<ChildProcess> {
  const file = await open(log, 'a');
  const child = spawn(program, args, {
    stdio: ['ignore', file.fd, file.fd],
    detached: true,
    env: { ...process.env, ...env },
  });
  await once(child, 'spawn');
  await file.close();
  return child;
}

/** Ends it and its children. */
export async function endDaemon(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, signal);
  await ended;
}
