import { setImmediate } from 'node:timers/promises';
import { type Clock, systemClock } from '@vestibule/core';

/** The length of a frame everywhere here, ms. */
export const frameMs = 20;
/** Samples of a frame at 8 kHz. */
export const frameSamples = 160;

/** Steps that a stalled process makes up for at once; what is older than that is skipped, as a sound card would. */
const maximumCatchUp = 10;

/**
 * Calls every subscriber once per 20 ms of the monotonic clock, without drift: a late wake-up is followed by a
 * shorter wait, and missed steps are made up for, so that every stream keeps its time. One pacer serves all calls of
 * a process.
 */
export class Pacer {
  readonly #clock: Clock;
  #subscribers = new Set<() => void>();
  #stop: AbortController | undefined;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** @returns the function that ends the subscription. */
  add(step: () => void): () => void {
    this.#subscribers.add(step);
    if (!this.#stop) {
      this.#stop = new AbortController();
      void this.#run(this.#stop.signal);
    }
    return () => {
      this.#subscribers.delete(step);
      if (this.#subscribers.size > 0) return;
      this.#stop?.abort();
      this.#stop = undefined;
    };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let due = this.#clock.monotonic();
    while (!signal.aborted) {
      due = Math.max(due + frameMs, this.#clock.monotonic() - maximumCatchUp * frameMs);
      const wait = due - this.#clock.monotonic();
      if (wait > 0) await this.#clock.sleep(wait, signal);
      // What came during a stall still waits in the sockets. Made up for before that is read, the missed steps would
      // hear silence, and what then comes would be late for the rest of the call.
      if (this.#clock.monotonic() - due >= frameMs) await setImmediate();
      if (signal.aborted) return;
      for (const step of [...this.#subscribers]) step();
    }
  }
}
