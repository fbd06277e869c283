import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { TimedEvent } from '@vestibule/local-carrier';

export type Summary = Extract<TimedEvent, { event: 'summary' }>;

const main = join(import.meta.dirname, '../../local/carrier/src/main.ts');

/** Places one persona's call in a process of its own. Undefined when it ended without a summary. */
export async function placePersonaCall(
  file: string,
  options: readonly string[],
): Promise<Summary | undefined> {
  const child = spawn(process.execPath, [main, 'call', '--persona', file, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  let summary: Summary | undefined;
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as TimedEvent;
    if (event.event === 'summary') summary = event;
  }
  await closed;
  return summary;
}
