import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { TimedEvent } from '@vestibule/local-carrier';
import { type Entry, kmsCallKeys } from '@vestibule/record';
import { kmsClient } from '../archive-client.ts';
import { StackError } from '../errors.ts';
import type { Context } from '../parts/context.ts';
import { address, ports } from '../ports.ts';
import { CallLogReader, type ReadableLog } from './call-log.ts';
import { placeCarrierCall } from './carrier.ts';
import type { DemoEvent } from './display.ts';

export interface FollowedCall {
  readonly context: Context;
  readonly config: Config;
  /** Of the carrier's command line. */
  readonly args: readonly string[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DemoEvent) => void;
}

export type Summary = Extract<TimedEvent, { event: 'summary' }>;

/**
 * Places one call and feeds what happens to `onEvent`. It is followed from outside: through the carrier's events and a
 * read-only look at the call's log.
 * @throws StackError `call-failed` when it did not take place, `interrupted`.
 */
export async function followCall(
  call: FollowedCall,
): Promise<{ summary: Summary; entries: readonly Entry[] }> {
  const { context, config } = call;
  const kms = kmsClient(context);
  const keys = kmsCallKeys(kms, { keyId: config.record.dataKey, tenant: config.tenant });
  const reader = await CallLogReader.connect(`redis://${address(ports.redisLog)}`, keys);
  try {
    const follower = new Follower(reader, await reader.streams(), call);
    const summary = await follower.carrierCall();
    return { summary, entries: await follower.ended() };
  } finally {
    reader.close();
    kms.destroy();
  }
}

/** Follows the carrier and, once it appears, the call's log. */
class Follower {
  readonly #reader: CallLogReader;
  readonly #known: ReadonlySet<string>;
  readonly #call: FollowedCall;
  readonly #entries: Entry[] = [];
  readonly #logEnded = Promise.withResolvers<void>();
  #invitedAt = 0;
  #refusal = '';

  constructor(reader: CallLogReader, known: ReadonlySet<string>, call: FollowedCall) {
    this.#reader = reader;
    this.#known = known;
    this.#call = call;
    // A call that never took place is reported by the carrier's side; nobody waits for its log then.
    this.#logEnded.promise.catch(() => undefined);
  }

  async carrierCall(): Promise<Summary> {
    const { context, args, clock, signal, onEvent } = this.#call;
    const call = placeCarrierCall(context.environment, args);
    signal.addEventListener('abort', call.stop, { once: true });
    let summary: Summary | undefined;
    try {
      for await (const event of call.events) {
        if (event.event === 'invite' && event.attempt <= 1) {
          this.#invitedAt = clock.monotonic() - event.atMs;
          void this.#followLog(event.from).catch(this.#logEnded.reject);
        }
        if (event.event === 'refused') this.#refusal = refusal(event, this.#call.config);
        if (event.event === 'summary') summary = event;
        onEvent({ source: 'carrier', event });
      }
    } finally {
      signal.removeEventListener('abort', call.stop);
      call.stop();
    }
    if (signal.aborted) throw new StackError('interrupted', 'Interrupted');
    if (summary?.outcome !== 'completed') {
      const reason = this.#refusal || (summary?.outcome ?? 'no summary');
      throw new StackError('call-failed', `The call did not take place: ${reason}`);
    }
    return summary;
  }

  /** All entries, once the log has its end; at the latest 15 s after the call. */
  async ended(): Promise<readonly Entry[]> {
    const { clock, signal } = this.#call;
    await Promise.race([this.#logEnded.promise, clock.sleep(15_000, signal)]);
    if (this.#entries.length === 0)
      throw new StackError('call-failed', 'No agent worker took the call. See: .local/log/agent-1.log');
    return this.#entries;
  }

  async #followLog(caller: string): Promise<void> {
    const { clock, signal, onEvent } = this.#call;
    let log: ReadableLog | undefined;
    while (log === undefined && !signal.aborted) {
      log = await this.#reader.findNew(this.#known, caller);
      if (log === undefined) await clock.sleep(100, signal);
    }
    let from = '0';
    while (log !== undefined && !signal.aborted) {
      const { entries, last } = await this.#reader.after(log, from, 1000);
      from = last;
      for (const entry of entries) {
        this.#entries.push(entry);
        onEvent({ source: 'log', entry, atMs: clock.monotonic() - this.#invitedAt });
        if (entry.header.kind === 'end') return this.#logEnded.resolve();
      }
    }
  }
}

/** Says what to do about a refusal by the edge. */
function refusal(
  { status, reason }: Extract<TimedEvent, { event: 'refused' }>,
  { numbers, edge }: Config,
): string {
  const remedies: Record<number, string> = {
    404: `The edge at ${edge.public.address} knows ${numbers.map(({ number }) => number).join(', ')}: dial one of these, or add yours to numbers in vestibule.yaml and start the stack again`,
    403: 'See callers and attestation in vestibule.yaml, and .local/log/kamailio.log',
  };
  return `refused with ${status} ${reason}. ${remedies[status] ?? 'See .local/log/kamailio.log and .local/log/sip.log'}`;
}
