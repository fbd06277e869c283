import type { Clock } from '@vestibule/core';
import { leaseMs } from './lease-keeper.ts';

/** A store that has not answered for so long may have let leases end whose owners are alive, ms. */
const outageMs = leaseMs / 2;

/**
 * Tells a dead worker from a store that was out of reach: after an outage every lease has ended, and its owners are there. For the length
 * of one lease nothing is taken over then, so that they come first.
 */
export class StoreWatch {
  readonly #clock: Clock;
  #answeredAt: number | undefined;
  #restUntil = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True for the length of one lease after an outage. */
  get isResting(): boolean {
    return this.#clock.monotonic() < this.#restUntil;
  }

  /** True while calls may be taken over: the store answers, and has done so for a while. */
  get isSteady(): boolean {
    const now = this.#clock.monotonic();
    return !this.isResting && now - (this.#answeredAt ?? now) <= outageMs;
  }

  /** Asks the store something; to be called much more often than an outage lasts. @throws what `ask` throws. */
  async contact(ask: () => Promise<void>): Promise<void> {
    const askedAt = this.#clock.monotonic();
    await ask();
    const now = this.#clock.monotonic();
    const wasOut = now - (this.#answeredAt ?? askedAt) > outageMs;
    if (wasOut) this.#restUntil = now + leaseMs;
    this.#answeredAt = wasOut ? this.#restUntil : now;
  }
}
