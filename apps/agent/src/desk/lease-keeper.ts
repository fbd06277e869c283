import type { Clock } from '@vestibule/core';
import type { Lease, LogStore } from '@vestibule/record';

/**
 * How long a claim lasts without being renewed, ms. A caller hears the agent again three seconds after its worker
 * was lost: what is left after the lease is for finding out, joining the room and speaking.
 */
export const leaseMs = 1500;
/** The owner falls silent this long before its lease ends, ms: a take-over must never overlap with it. */
const marginMs = 300;
const renewals = 7;

/**
 * Renews a lease while its owner's main loop runs, and says when it is lost: refused by the store, or so late by
 * our own monotonic clock (a stalled or frozen process) that another may hold it by now.
 */
export class LeaseKeeper {
  readonly lost: Promise<void>;
  readonly #store: LogStore;
  readonly #lease: Lease;
  readonly #clock: Clock;
  readonly #onRenewed: () => void;
  readonly #stop = new AbortController();
  #validUntil: number;
  #lose: () => void = () => {};

  constructor(
    store: LogStore,
    lease: Lease,
    claimedAt: number,
    clock: Clock,
    onRenewed: () => void = () => {},
  ) {
    this.#store = store;
    this.#lease = lease;
    this.#clock = clock;
    this.#onRenewed = onRenewed;
    this.#validUntil = claimedAt + leaseMs;
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    void this.#run();
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      void this.#renew();
      await this.#clock.sleep(leaseMs / renewals, this.#stop.signal);
      if (!this.#isLate) continue;
      // When the loop stood still, timers come first: answers that are there already are read before this gives up.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#isLate) return this.#lose();
    }
  }

  get #isLate(): boolean {
    return this.#clock.monotonic() >= this.#validUntil - marginMs;
  }

  async #renew(): Promise<void> {
    const asked = this.#clock.monotonic();
    try {
      await this.#store.renew(this.#lease, leaseMs);
      this.#validUntil = asked + leaseMs;
      this.#onRenewed();
    } catch (error) {
      if ((error as { code?: string }).code === 'fenced' && !this.#stop.signal.aborted) this.#lose();
      // Anything else is a store out of reach: the lease may still be ours, and the clock decides.
    }
  }
}
