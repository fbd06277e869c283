import type { Clock } from '@vestibule/core';
import { ports } from '@vestibule/local-stack';
import { cutOff } from './cut-off.ts';
import { listenerPid, signalPart } from './processes.ts';
import { stallLoop } from './stall.ts';

/** Longer than any lease, ms: who was away so long must find, coming back, that the call is another's. */
const awayMs = 6000;
/** As long as a fail-over of the log store may take, ms. */
const outageMs = 10_000;

interface Fault {
  /** Of the worker that holds the call: another must take over. Of a part that all need: the call must live through it. Or else it ends. */
  of: 'worker' | 'part' | 'line';
  strike: (worker: number, clock: Clock) => Promise<void> | void;
}

/** What brings each fault about. Those that last resolve when they are over. */
export const faults = {
  kill: { of: 'worker', strike: (worker) => void process.kill(worker, 'SIGKILL') },
  freeze: {
    of: 'worker',
    strike: async (worker, clock) => {
      process.kill(worker, 'SIGSTOP');
      await clock.sleep(awayMs);
      process.kill(worker, 'SIGCONT');
    },
  },
  stall: { of: 'worker', strike: (worker) => stallLoop(worker, awayMs) },
  'cut-off': { of: 'worker', strike: (worker, clock) => cutOff(worker, ports.redisLog.port, awayMs, clock) },
  drain: { of: 'worker', strike: (worker) => void process.kill(worker, 'SIGTERM') },
  'log-store': {
    of: 'part',
    strike: async (_worker, clock) => {
      const pid = listenerPid(ports.redisLog.port);
      process.kill(pid, 'SIGSTOP');
      await clock.sleep(outageMs);
      process.kill(pid, 'SIGCONT');
    },
  },
  'log-store-kill': {
    of: 'part',
    strike: () => void process.kill(listenerPid(ports.redisLog.port), 'SIGKILL'),
  },
  mcp: { of: 'part', strike: () => signalPart('apps/mcp/src/main.ts', 'SIGKILL') },
  backend: { of: 'part', strike: () => signalPart('local/florizel/src/main.ts', 'SIGKILL') },
  s3: { of: 'part', strike: () => signalPart('versitygw', 'SIGKILL') },
  opensearch: { of: 'part', strike: () => signalPart('-clusterName vestibule-local', 'SIGKILL') },
  livekit: { of: 'part', strike: () => signalPart('livekit-server', 'SIGKILL') },
  bridge: { of: 'line', strike: () => signalPart('local/sip-bridge/src/main.ts', 'SIGKILL') },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
