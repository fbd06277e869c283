import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { TimedEvent } from '@vestibule/local-carrier';
import { namespaceOf } from '@vestibule/local-network';
import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import { isInZones } from '../ports.ts';
import { nodeOf } from '../parts/context.ts';
import { type Child, startAttachedChild, startPipedChild } from '../supervise/child.ts';
import { stackMarker } from '../supervise/leftovers.ts';

/** A call by the carrier's command line, with its events. */
export interface CarrierCall {
  readonly events: AsyncIterable<TimedEvent>;
  /** The caller hangs up. */
  readonly stop: () => void;
}

/** Time to say BYE and to write the recording, ms. */
const hangUpWithin = 5_000;

/** Places a call and hands on its events. Paths in `args` count from the current folder. */
export function placeCarrierCall(environment: Environment, args: readonly string[]): CarrierCall {
  const child = startPipedChild(carrierProgram(environment, args), carrierVariables(environment));
  let complaint = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
  async function* events(): AsyncGenerator<TimedEvent> {
    let took = false;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as TimedEvent;
      took ||= event.event === 'summary' && event.outcome !== 'failed' && event.outcome !== 'unanswered';
      yield event;
    }
    const { code } = await child.ended;
    if (took) return;
    const reason =
      complaint.trim().replace(/^carrier: /, '') || `the carrier ended with code ${code} without a word`;
    throw new StackError('call-failed', `The call did not take place: ${reason}`);
  }
  return { events: events(), stop: () => void child.stop(hangUpWithin) };
}

/** The carrier's command line as it is, on our own terminal or pipe. */
export function runCarrier(environment: Environment, args: readonly string[]): Child {
  return startAttachedChild(carrierProgram(environment, args), carrierVariables(environment));
}

function carrierProgram(environment: Environment, args: readonly string[]) {
  const main = join(environment.folders.root, 'local/carrier/src/main.ts');
  // It has a recogniser to end and a recording to write.
  return {
    command: nodeOf({ environment }),
    args: [main, 'call', ...args],
    ...(isInZones && { namespace: namespaceOf('carrier') }),
    onLauncherDeath: 'SIGTERM',
  } as const;
}

function carrierVariables({ folders, inherited }: Environment): Record<string, string> {
  return { ...inherited, XDG_CACHE_HOME: resolve(folders.cache, '..'), [stackMarker]: folders.state };
}
