import type { Clock } from '@vestibule/core';

/** Tells once the line has been quiet for so long: started when the agent falls silent, stopped when anybody speaks. */
export class Patience {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #onQuiet: () => void;
  #waiting = new AbortController();

  constructor(clock: Clock, ms: number, onQuiet: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onQuiet = onQuiet;
  }

  start(ms = this.#ms): void {
    this.stop();
    void this.#wait(ms, (this.#waiting = new AbortController()));
  }

  stop(): void {
    this.#waiting.abort();
  }

  async #wait(ms: number, { signal }: AbortController): Promise<void> {
    await this.#clock.sleep(ms, signal);
    if (!signal.aborted) this.#onQuiet();
  }
}
