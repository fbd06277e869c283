import { systemClock } from '@vestibule/core';
import type { Environment } from '../environment.ts';
import { startStack } from '../stack.ts';
import { progressLine } from './progress.ts';

/** What the detached supervisor tells the command that started it, over IPC. */
export type SupervisorMessage =
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The process behind `up`: starts the stack, keeps it, ends it on SIGTERM or when a part fails. Until it is ready it also
 * ends when the command that started it goes away.
 */
export async function superviseCommand(environment: Environment): Promise<number> {
  const giveUp = new AbortController();
  const ended = Promise.withResolvers<void>();
  const end = () => {
    giveUp.abort();
    ended.resolve();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  try {
    const stack = await startStack(environment, {
      clock: systemClock,
      signal: giveUp.signal,
      onEvent: (event) => {
        const line = progressLine(event);
        if (line !== undefined) tell({ kind: 'progress', line });
      },
    });
    process.off('disconnect', end);
    tell({ kind: 'ready' });
    const fault = await Promise.race([stack.fault, ended.promise]);
    if (fault) process.stderr.write(`${new Date().toISOString()} ${fault.message}\n`);
    await stack.stop();
    return fault ? 1 : 0;
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    return 1;
  } finally {
    // An open channel would keep this process alive.
    if (process.connected) process.disconnect();
  }
}

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message);
}
