import { type Clock, describeError, isCodedError, type Logger } from '@vestibule/core';
import type { EdgeCall, EdgeControl, Forked, Leg, Place } from './control-client.ts';

export interface ForkOptions {
  control: Pick<EdgeControl, 'subscribe' | 'unsubscribe' | 'subscriptions'>;
  call: EdgeCall;
  /** Where the copies are to arrive. */
  places: Record<Leg, Place>;
  /** Where they come from, as soon as it is known. */
  onForked: (legs: Forked['legs']) => void;
  clock: Clock;
  logger: Logger;
}

/** So long may nothing come before the edge is asked, ms: RTP comes every 20 ms, of either party. */
const silentMs = 1000;
/** Pause between attempts, ms. */
const retryMs = 1000;

/** A copy of a call's media, kept up: made again when the edge has lost it, and ended with `stop`. */
export class Fork {
  readonly #options: ForkOptions;
  #id: string | undefined;
  #notBefore = -Infinity;
  #aliveAt = -Infinity;
  #isBusy = false;
  #fault = '';

  constructor(options: ForkOptions) {
    this.#options = options;
  }

  /** The edge's name of the copy; undefined while there is none. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Something came. */
  heard(): void {
    this.#aliveAt = this.#options.clock.monotonic();
  }

  /** To be called often; does what there is to do, one thing at a time. Never rejects. */
  async keep(): Promise<void> {
    const now = this.#options.clock.monotonic();
    const isSilent = now - this.#aliveAt >= silentMs;
    if (this.#isBusy || now < this.#notBefore || (this.#id !== undefined && !isSilent)) return;
    this.#isBusy = true;
    try {
      if (this.#id !== undefined && !(await this.#isThere(this.#id))) this.#id = undefined;
      if (this.#id === undefined) await this.#subscribe();
      this.#fault = '';
    } catch (error) {
      this.#report(error);
    } finally {
      this.#isBusy = false;
      this.#notBefore = this.#options.clock.monotonic() + retryMs;
    }
  }

  /** Ends the copy, and one that another recorder left behind. Never rejects. */
  async stop(id: string | undefined = this.#id): Promise<void> {
    if (id === this.#id) this.#id = undefined;
    if (id === undefined) return;
    const { control, call, logger } = this.#options;
    try {
      await control.unsubscribe(call, id);
    } catch (error) {
      // With the call its copies are gone too.
      if (!isCodedError(error, 'unknown-call', 'unknown-subscription'))
        logger.warn('copy not ended', describeError(error));
    }
  }

  async #isThere(id: string): Promise<boolean> {
    const { control, call } = this.#options;
    return (await control.subscriptions(call)).includes(id);
  }

  async #subscribe(): Promise<void> {
    const { control, call, places, onForked, logger } = this.#options;
    const { id, legs } = await control.subscribe(call, places);
    this.#id = id;
    this.heard();
    onForked(legs);
    logger.info('copy of the media begun');
  }

  /** Once for each kind of fault in a row. */
  #report(error: unknown): void {
    const { code = '' } = describeError(error);
    if (code !== this.#fault) this.#options.logger.warn('no copy of the media', describeError(error));
    this.#fault = code;
  }
}
