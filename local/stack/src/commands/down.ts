import { systemClock } from '@vestibule/core';
import type { Environment } from '../environment.ts';
import { sweepLeftovers } from '../supervise/leftovers.ts';
import { currentOwner } from '../supervise/owner.ts';
import { isAlive } from '../supervise/process-table.ts';
import type { Terminal } from '../terminal.ts';

/** Longest wait for a supervisor to stop everything in order, ms; then it is killed with all it started. */
const patience = 30_000;

/** Stops the stack of this clone, whoever started it, and whatever a killed one left behind. */
export async function downCommand({ folders }: Environment, terminal: Terminal): Promise<number> {
  const owner = currentOwner(folders.run);
  if (owner) {
    process.kill(owner.pid, 'SIGTERM');
    const deadline = systemClock.monotonic() + patience;
    while (isAlive(owner.pid) && systemClock.monotonic() < deadline) await systemClock.sleep(50);
    if (isAlive(owner.pid)) process.kill(owner.pid, 'SIGKILL');
  }
  const swept = await sweepLeftovers(folders.state, folders.run, systemClock);
  if (swept > 0) terminal.write(`Ended ${swept} left-over ${swept === 1 ? 'process' : 'processes'}.\n`);
  terminal.write(owner ? 'The stack is down.\n' : 'No stack is running.\n');
  return 0;
}
