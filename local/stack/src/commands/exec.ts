import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import { startAttachedChild } from '../supervise/child.ts';
import { stackMarker } from '../supervise/leftovers.ts';
import type { Terminal } from '../terminal.ts';
import { borrowStack } from './borrow.ts';
import { clientEnvironment } from './env.ts';

/** ms from SIGTERM to SIGKILL. */
const stopWithin = 10_000;

/** Runs a program with the environment of a client of the stack, on the one that is up or on one of its own. */
export async function execCommand(
  environment: Environment,
  [command, ...args]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (command === undefined) throw new StackError('usage', 'usage: exec COMMAND [ARGUMENT...]');
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  // The program's own output may be read by another; ours goes beside it.
  const stack = await borrowStack(environment, interrupt.signal, {
    ...terminal,
    write: (text) => void process.stderr.write(text),
  });
  try {
    const env = {
      ...environment.inherited,
      ...clientEnvironment(stack.context, stack.config.archive.bucket),
      [stackMarker]: environment.folders.state,
    };
    const child = startAttachedChild({ command, args, onLauncherDeath: 'SIGTERM' }, env);
    const stop = () => void child.stop(stopWithin);
    interrupt.signal.addEventListener('abort', stop, { once: true });
    const ended = child.ended.then(({ code }) => code ?? 1);
    const fault = stack.fault.then((error) => {
      stop();
      throw error;
    });
    return await Promise.race([ended, fault]);
  } finally {
    await stack.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
