import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { CallBackQueue } from '@vestibule/record';
import { attemptRoom } from '../call/caller.ts';
import type { Tenure } from '../desk/tenure.ts';
import type { CallOutcome, Desk } from '../desk/desk.ts';
import type { Plan, Standing } from './standing.ts';

export interface DispatcherOptions {
  queue: CallBackQueue;
  desk: Pick<Desk, 'begin' | 'hasRoomForOwn'>;
  /** What is to be done about an attempt that is due. */
  standing: (id: string) => Promise<Standing>;
  run: (tenure: Tenure, plan: Plan) => Promise<CallOutcome>;
  /** It is too late; staff are told. */
  expire: (tenure: Tenure, plan: Plan) => Promise<CallOutcome>;
  clock: Clock;
  logger: Logger;
}

/** How often it is looked whether one is due, ms. */
const lookMs = 1000;
/** One that was taken is offered to others after this, ms: its worker died before it had the lease, or another has it. */
const holdMs = 30_000;

/** Takes attempts that are due, while there is room for them and no caller waits. */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    while (!signal.aborted) {
      try {
        if (await this.look()) continue;
      } catch (error) {
        logger.warn('no call-backs', describeError(error));
      }
      await clock.sleep(lookMs, signal);
    }
  }

  /** @returns whether one was due, so that another may be. */
  async look(): Promise<boolean> {
    const { clock, desk, queue } = this.#options;
    if (!(await desk.hasRoomForOwn())) return false;
    const now = clock.now();
    const id = await queue.take(now, now + holdMs);
    if (id === undefined) return false;
    await this.#deal(id, await this.#options.standing(id));
    return true;
  }

  async #deal(id: string, standing: Standing): Promise<void> {
    const { desk, expire, logger, queue, run } = this.#options;
    switch (standing.do) {
      case 'wait':
        await queue.keep(id, standing.until);
        return;
      case 'drop':
        logger.info('call-back dropped', { callId: id, why: standing.why });
        await queue.cancel(id);
        return;
      case 'call':
      case 'expire': {
        const { plan } = standing;
        const course = standing.do === 'call' ? run : expire;
        // Under the lease: whoever had it before may have ended it, and it may have been cancelled.
        await desk.begin(id, attemptRoom(id), async (tenure) =>
          (await queue.keep(id, this.#options.clock.now() + holdMs)) ? course(tenure, plan) : 'sealed',
        );
      }
    }
  }
}
