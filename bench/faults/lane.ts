import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '@vestibule/core';
import type { TimedEvent } from '@vestibule/local-carrier';

const carrier = join(import.meta.dirname, '../../local/carrier/src/main.ts');
const persona = join(import.meta.dirname, 'persona.yaml');

/** A telephone of its own for each lane: address, RTP ports and number. */
const options = (lane: number) => [
  ...['--persona', persona, '--number', '+15550100101', '--from', numberOf(lane)],
  ...['--local', `127.0.0.20:${5070 + lane}`, '--rtp', `${31_000 + lane * 100}-${31_099 + lane * 100}`],
];

export const numberOf = (lane: number) => `+155501001${30 + lane}`;

/** A call as its caller hears it; times by the wall clock, ms. */
export interface HeardCall {
  /** When the agent began to speak, each time. */
  readonly spokeAt: number[];
  isAnswered: boolean;
  outcome: string;
}

/** Places one call; resolves when it is over. `onAnswer` hears of the caller's first answer. */
export async function placeCall(
  lane: number,
  clock: Clock,
  call: HeardCall,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(process.execPath, [carrier, 'call', ...options(lane)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const closed = new Promise((resolve) => child.once('close', resolve));
  // The events say when on the call's own clock; the quickest of them tells where that clock's zero is.
  let zero = Infinity;
  const spoken: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as TimedEvent;
    zero = Math.min(zero, clock.now() - event.atMs);
    if (event.event === 'reacts' && event.why === 'answer') call.isAnswered = true;
    if (event.event === 'summary') call.outcome = event.outcome;
    if (event.event === 'agent-speech-start') spoken.push(event.atMs);
    call.spokeAt.splice(0, Infinity, ...spoken.map((atMs) => zero + atMs));
  }
  await closed;
}
