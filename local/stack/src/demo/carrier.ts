import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TimedEvent } from '@vestibule/local-carrier';
import { StackError } from '../errors.ts';

/** Places a call by the carrier's command line and hands on its events. */
export interface CarrierCall {
  readonly events: AsyncIterable<TimedEvent>;
  readonly kill: () => void;
}

export function placeCarrierCall(
  node: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): CarrierCall {
  const child = spawn(node, ['local/carrier/src/main.ts', 'call', ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
  async function* events(): AsyncGenerator<TimedEvent> {
    let summarised = false;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as TimedEvent;
      summarised ||= event.event === 'summary';
      yield event;
    }
    const code = await exited;
    if (!summarised) {
      throw new StackError(
        'call-failed',
        `The carrier ended with code ${code}: ${complaint.trim() || 'without a word'}`,
      );
    }
  }
  return { events: events(), kill: () => child.kill('SIGTERM') };
}
