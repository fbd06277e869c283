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

  start(): void {
    this.stop();
    void this.#wait((this.#waiting = new AbortController()));
  }

  stop(): void {
    this.#waiting.abort();
  }

  async #wait({ signal }: AbortController): Promise<void> {
    await this.#clock.sleep(this.#ms, signal);
    if (!signal.aborted) this.#onQuiet();
  }
}
