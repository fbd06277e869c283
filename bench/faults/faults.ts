import { readdirSync, readFileSync } from 'node:fs';

export const faultNames = ['kill', 'freeze', 'mcp', 's3', 'livekit'] as const;
export type FaultName = (typeof faultNames)[number];

/** Longer than any lease, ms: a frozen worker must find, when it thaws, that it has lost its call. */
const frozenMs = 6000;

/** What brings the fault about; `worker` is the pid of the worker that holds the call. */
export function strike(fault: FaultName, worker: number): void {
  switch (fault) {
    case 'kill':
      process.kill(worker, 'SIGKILL');
      return;
    case 'freeze':
      process.kill(worker, 'SIGSTOP');
      setTimeout(() => process.kill(worker, 'SIGCONT'), frozenMs);
      return;
    case 'mcp':
      return killPart('apps/mcp/src/main.ts');
    case 's3':
      return killPart('versitygw');
    case 'livekit':
      return killPart('livekit-server');
  }
}

/** Faults after which another worker must take the call over. */
export const isWorkerFault = (fault: FaultName) => fault === 'kill' || fault === 'freeze';

function killPart(command: string): void {
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    if (belongsToStack(pid) && commandOf(pid).includes(command)) process.kill(pid, 'SIGKILL');
  }
}

/** Only what the stack started: it marks its processes. */
function belongsToStack(pid: number): boolean {
  return read(`/proc/${pid}/environ`).includes('VESTIBULE_STACK=') && pid !== process.pid;
}

const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
