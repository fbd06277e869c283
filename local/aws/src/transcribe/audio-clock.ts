import type { Clock } from '@vestibule/core';
import { badRequest } from './parameters.ts';

/** The service lets go of a stream to which no audio was sent for so long. */
const idleMs = 15_000;

/** Remembers when each stretch of audio arrived, so that latencies count from the end of speech as heard. */
export class AudioClock {
  readonly #clock: Clock;
  readonly #arrivals: { untilMs: number; at: number }[] = [];
  #positionMs = 0;
  #lastAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastAt = clock.monotonic();
  }

  get begun(): boolean {
    return this.#positionMs > 0;
  }

  heard(ms: number): void {
    this.#positionMs += ms;
    this.#lastAt = this.#clock.monotonic();
    this.#arrivals.push({ untilMs: this.#positionMs, at: this.#lastAt });
  }

  /** When the audio up to `positionMs` had arrived; what lies before is forgotten. */
  arrivalOf(positionMs: number): number {
    const index = this.#arrivals.findIndex(({ untilMs }) => untilMs >= positionMs);
    if (index < 0) return this.#lastAt;
    this.#arrivals.splice(0, index);
    return this.#arrivals[0]?.at ?? this.#lastAt;
  }

  /** Rejects once no audio has come for 15 s; returns when `signal` aborts. */
  async watchSilence(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const left = this.#lastAt + idleMs - this.#clock.monotonic();
      if (left <= 0) {
        throw badRequest('Your request timed out because no new audio was received for 15 seconds.');
      }
      await this.#clock.sleep(left, signal);
    }
  }
}
