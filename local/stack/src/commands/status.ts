import type { Environment } from '../environment.ts';
import { currentOwner } from '../supervise/owner.ts';
import { stackProcesses } from '../supervise/leftovers.ts';
import { commandOf } from '../supervise/process-table.ts';
import type { Terminal } from '../terminal.ts';

/** Exit code 0 while the stack is up, 3 while it is not (as LSB init scripts have it). */
export function statusCommand({ folders }: Environment, terminal: Terminal): number {
  const owner = currentOwner(folders.run);
  const processes = stackProcesses(folders.state, folders.run);
  if (!owner) {
    const left =
      processes.length === 0 ? '' : ` ${processes.length} left-over processes: make down ends them.`;
    terminal.write(`The stack is down.${left}\n`);
    return 3;
  }
  terminal.write(`The stack is ${owner.ready ? 'up' : 'starting'} (supervisor pid ${owner.pid}).\n`);
  for (const pid of processes) terminal.write(`  ${String(pid).padStart(7)} ${commandOf(pid) ?? ''}\n`);
  return 0;
}
