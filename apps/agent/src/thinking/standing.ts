import type { Clock } from '@vestibule/core';

/** A model that failed is left alone for so long, ms; each further failure doubles it, up to the limit. */
const restMs = 5000;
const longestRestMs = 60_000;

interface Rest {
  failures: number;
  until: number;
}

/**
 * Which models are worth asking, by name: one that failed rests, and is tried again after a while. One for all calls of a worker, so
 * that a model that is down costs one caller its time, and not each.
 */
export class Standing {
  readonly #clock: Clock;
  readonly #rests = new Map<string, Rest>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isReady(model: string): boolean {
    const rest = this.#rests.get(model);
    return rest === undefined || this.#clock.monotonic() >= rest.until;
  }

  failed(model: string): void {
    const failures = (this.#rests.get(model)?.failures ?? 0) + 1;
    const rest = Math.min(longestRestMs, restMs * 2 ** (failures - 1));
    this.#rests.set(model, { failures, until: this.#clock.monotonic() + rest });
  }

  worked(model: string): void {
    this.#rests.delete(model);
  }
}
