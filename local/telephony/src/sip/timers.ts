import type { Clock } from '@vestibule/core';

/** RFC 3261 table 4, ms. */
export const T1 = 500;
export const T2 = 4000;
export const T4 = 5000;
/** Timers B, F, H, J, L, M: 64·T1. */
export const transactionTimeout = 64 * T1;
/** An INVITE without a further word: RFC 3261 §16.6 step 11 gives a proxy this long from each provisional response. */
export const timerC = 180_000;

/** Named timers on an injected clock; setting one again replaces it. */
export class Timers {
  readonly #clock: Clock;
  #running = new Map<string, AbortController>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(name: string, ms: number, fire: () => void): void {
    this.clear(name);
    const stop = new AbortController();
    this.#running.set(name, stop);
    void this.#clock.sleep(ms, stop.signal).then(() => {
      if (stop.signal.aborted) return;
      this.#running.delete(name);
      fire();
    });
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  clear(name: string): void {
    this.#running.get(name)?.abort();
    this.#running.delete(name);
  }

  clearAll(): void {
    for (const name of [...this.#running.keys()]) this.clear(name);
  }

  /** Calls `send` after `first` ms and then at doubled intervals, up to `cap`, until the timer is cleared. */
  repeat(name: string, first: number, cap: number, send: () => void): void {
    this.set(name, first, () => {
      this.repeat(name, Math.min(first * 2, cap), cap, send);
      send();
    });
  }
}
