import { fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import { makeFolders } from '../folders.ts';
import { currentOwner } from '../supervise/owner.ts';
import type { Terminal } from '../terminal.ts';
import { seconds } from './progress.ts';
import type { SupervisorMessage } from './supervise.ts';

/** Starts the stack under a supervisor of its own and returns once all of it is ready. */
export async function upCommand(environment: Environment, terminal: Terminal): Promise<number> {
  const { folders } = environment;
  makeFolders(folders);
  const owner = currentOwner(folders.run);
  if (owner?.ready) {
    terminal.write(`The stack is running already (pid ${owner.pid}).\n`);
    return 0;
  }
  const began = performance.now();
  const log = openSync(join(folders.log, 'supervisor.log'), 'a', 0o600);
  const supervisor = fork(join(import.meta.dirname, '../main.ts'), ['supervise'], {
    cwd: folders.root,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const stop = () => supervisor.kill('SIGTERM');
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const outcome = Promise.withResolvers<void>();
  supervisor.on('message', (message: SupervisorMessage) => {
    if (message.kind === 'progress') terminal.write(`${message.line}\n`);
    if (message.kind === 'ready') outcome.resolve();
    if (message.kind === 'failed') outcome.reject(new StackError('not-ready', message.message));
  });
  supervisor.once('exit', () =>
    outcome.reject(new StackError('not-ready', 'The supervisor ended. Log: .local/log/supervisor.log')),
  );
  try {
    await outcome.promise;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (supervisor.connected) supervisor.disconnect();
    supervisor.unref();
  }
  terminal.write(`The stack is up (${seconds(performance.now() - began)}). Stop it with: make down\n`);
  return 0;
}
