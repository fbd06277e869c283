import { loadConfig } from '@vestibule/config';
import { systemClock } from '@vestibule/core';
import type { Environment } from '../environment.ts';
import { localSecrets } from '../secrets.ts';
import { describeStack, type RunningStack, startStack } from '../stack.ts';
import { currentOwner } from '../supervise/owner.ts';
import type { Terminal } from '../terminal.ts';
import { paint } from '../text.ts';
import { progressLine } from './progress.ts';

/** A running stack, and whether it is ours to stop; `stop` leaves one that `up` keeps alone. */
export type BorrowedStack = RunningStack & { readonly ours: boolean };

/** The stack that `up` keeps when there is one, else one of our own, shown as it starts. @throws StackError */
export async function borrowStack(
  environment: Environment,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<BorrowedStack> {
  const owner = currentOwner(environment.folders.run);
  if (owner?.ready) {
    terminal.write(`Using the stack that is up (pid ${owner.pid}).\n`);
    const config = await loadConfig(environment.config);
    const context = { environment, secrets: localSecrets(environment.folders) };
    const parts = await describeStack(context, config);
    const nothing = { fault: new Promise<never>(() => undefined), stop: () => Promise.resolve() };
    return { context, config, parts, ...nothing, ours: false };
  }
  terminal.write(`${paint(terminal, 'bold', 'Starting')}\n`);
  const stack = await startStack(environment, {
    clock: systemClock,
    signal,
    onEvent: (event) => {
      const line = progressLine(event);
      if (line !== undefined) terminal.write(`${line}\n`);
    },
  });
  return { ...stack, ours: true };
}
