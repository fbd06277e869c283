import type { Config } from '@vestibule/config';
import type { Clock, Logger } from '@vestibule/core';
import {
  attemptId,
  attemptOf,
  type CallBackQueue,
  type CallBackState,
  type CallLog,
  foldCall,
} from '@vestibule/record';
import type { SipClient } from 'livekit-server-sdk';
import { callingOf } from './calling.ts';
import { type Ended, type Given, type Next, nextCall } from './schedule.ts';

export interface CallBacksOptions {
  config: Config;
  queue: CallBackQueue;
  sip: SipClient;
  /** Signs what the edge wants of such a call: 64 hexadecimal digits. */
  key: string;
  clock: Clock;
  logger: Logger;
}

/** Who wants no more calls is not to be called by staff either. */
const wished: ReadonlySet<string> = new Set<Given>(['withdrawn', 'not-wanted']);

/** What a worker needs to call callers back. */
export class CallBacks {
  readonly queue: CallBackQueue;
  readonly sip: SipClient;
  readonly key: string;
  readonly #options: CallBacksOptions;

  constructor(options: CallBacksOptions) {
    this.#options = options;
    this.queue = options.queue;
    this.sip = options.sip;
    this.key = options.key;
  }

  /**
   * What comes after a call that is over, on its log and then in the queue; to be done before its `end` is written, so that a worker that dies leaves it to
   * another, and as often as one likes. @returns whether staff are to call in its place
   */
  async settle(log: CallLog, { outcome, by }: Pick<Ended, 'outcome' | 'by'>): Promise<boolean> {
    const { clock, config, logger } = this.#options;
    const state = foldCall(log.entries);
    const made = attemptOf(log.callId);
    const [origin, attempt] = made ? [made.origin, made.attempt] : [log.callId, 0];
    const { call } = state;
    if (callingOf(config, call) === undefined) return false;
    const next =
      state.callBack?.next ??
      (await this.#write(
        log,
        nextCall(config, {
          ...{ state, outcome, by, attempt },
          number: call?.piiCaller ?? '',
          beganAt: Date.parse(call?.callBack?.since ?? state.startedAt ?? ''),
          now: clock.now(),
        }),
        attemptId(origin, attempt + 1),
      ));
    const due = next && 'id' in next ? { id: next.id, at: Date.parse(next.dueAt) } : undefined;
    if (attempt > 0) await this.queue.follow(log.callId, due);
    else if (due) await this.queue.add(due);
    const givenUp = next && 'givenUp' in next ? next.givenUp : undefined;
    logger.info('call-back settled', {
      callId: log.callId,
      attempt,
      isDue: due !== undefined,
      ...(givenUp && { givenUp }),
    });
    return givenUp !== undefined && !wished.has(givenUp);
  }

  async #write(log: CallLog, next: Next, id: string): Promise<CallBackState['next']> {
    if (next === undefined) return undefined;
    if ('givenUp' in next) {
      await log.append('call-back', { step: 'given-up', code: next.givenUp });
      return next;
    }
    const dueAt = new Date(next.at).toISOString();
    await log.append('call-back', { step: 'scheduled', id, dueAt, code: next.why });
    return { id, dueAt };
  }
}
