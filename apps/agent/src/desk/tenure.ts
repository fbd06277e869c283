import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Lease, LogStore } from '@vestibule/record';
import { LeaseKeeper, leaseMs } from './lease-keeper.ts';

/** How often a lost lease is asked for again, ms. */
const askMs = 200;

export interface TenureOptions {
  store: LogStore;
  clock: Clock;
  logger: Logger;
  /** Each time the lease is renewed. */
  onRenewed: () => void;
}

/**
 * A worker's hold of one call. A lease that was lost need not be another's: the store may have been out of reach for everyone, or the
 * process have stood still for a moment. So the worker falls silent at once, and then asks whether it may go on.
 */
export class Tenure {
  readonly #options: TenureOptions;
  readonly #asked = Promise.withResolvers<void>();
  #lease: Lease;
  #keeper: LeaseKeeper;
  #whenRenewed: () => void = () => {};

  /** `claimedAt`: by the worker's monotonic clock, before the claim was sent. */
  constructor(lease: Lease, claimedAt: number, options: TenureOptions) {
    this.#options = options;
    this.#lease = lease;
    this.#keeper = this.#keep(claimedAt);
  }

  get callId(): string {
    return this.#lease.callId;
  }

  get lease(): Lease {
    return this.#lease;
  }

  /** Resolves when the worker must fall silent. After `regain` there is a new one. */
  get lost(): Promise<void> {
    return this.#keeper.lost;
  }

  /** Resolves when the call should be left to another worker at the next good moment. */
  get handOverAsked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Calls `act` each time the lease is renewed from now on: the store can be reached, and the call is still this worker's. */
  whenRenewed(act: () => void): void {
    this.#whenRenewed = act;
  }

  askForHandOver(): void {
    this.#asked.resolve();
  }

  /**
   * Waits until it is known who holds the call. @returns true when it is this worker again, under `lease`; false when another has it,
   * or `signal` aborted first.
   */
  async regain(signal: AbortSignal): Promise<boolean> {
    const { clock, logger } = this.#options;
    this.#keeper.stop();
    while (!signal.aborted) {
      try {
        const { lease, askedAt } = await this.#ask();
        if (!lease) return false;
        // An answer that took as long as the lease says nothing any more.
        if (clock.monotonic() - askedAt < leaseMs / 2) {
          this.#lease = lease;
          this.#keeper = this.#keep(askedAt);
          return true;
        }
      } catch (error) {
        logger.debug('log store out of reach', describeError(error));
      }
      await clock.sleep(askMs, signal);
    }
    return false;
  }

  async end(): Promise<void> {
    this.#keeper.stop();
    await this.#options.store.release(this.#lease).catch(() => {});
  }

  /** The old lease where it still stands, a new one where nobody has it; `askedAt` by the monotonic clock. */
  async #ask(): Promise<{ lease: Lease | undefined; askedAt: number }> {
    const { store, clock } = this.#options;
    let askedAt = clock.monotonic();
    try {
      await store.renew(this.#lease, leaseMs);
      return { lease: this.#lease, askedAt };
    } catch (error) {
      if ((error as { code?: string }).code !== 'fenced') throw error;
    }
    askedAt = clock.monotonic();
    return { lease: await store.claim(this.callId, this.#lease.worker, leaseMs), askedAt };
  }

  #keep(claimedAt: number): LeaseKeeper {
    const { store, clock, onRenewed } = this.#options;
    return new LeaseKeeper(store, this.#lease, claimedAt, clock, () => {
      onRenewed();
      this.#whenRenewed();
    });
  }
}
