import type { Clock } from '@vestibule/core';

/** Keys pressed one after another, as one answer. */
export interface Keyed {
  keys: string;
  startMs: number;
  endMs: number;
}

export interface KeypadOptions {
  clock: Clock;
  /** ms since the call was answered. */
  callTime: () => number;
  /** How many keys answer the question that stands, where that is certain. */
  expected: () => number | undefined;
  onKeyed: (keyed: Keyed) => void;
}

/** So long the next key is waited for, ms. */
const pauseMs = 2500;

/** Gathers keys until there are as many as expected, `#`, or a pause. `*` begins anew. */
export class Keypad {
  readonly #options: KeypadOptions;
  #keys = '';
  #startMs = 0;
  #waiting = new AbortController();

  constructor(options: KeypadOptions) {
    this.#options = options;
  }

  /** Keys were pressed and more are waited for. */
  get isPressed(): boolean {
    return this.#keys !== '';
  }

  press(key: string): void {
    this.#waiting.abort();
    if (key === '*') this.#keys = '';
    else if (key === '#') this.#done();
    else if (/^\d$/.test(key)) this.#add(key);
  }

  #add(key: string): void {
    const { expected, callTime } = this.#options;
    if (this.#keys === '') this.#startMs = callTime();
    this.#keys += key;
    if (this.#keys.length === expected()) return this.#done();
    void this.#awaitPause();
  }

  async #awaitPause(): Promise<void> {
    const waiting = (this.#waiting = new AbortController());
    await this.#options.clock.sleep(pauseMs, waiting.signal);
    if (!waiting.signal.aborted) this.#done();
  }

  #done(): void {
    const keys = this.#keys;
    this.#keys = '';
    const { callTime, onKeyed } = this.#options;
    if (keys !== '') onKeyed({ keys, startMs: this.#startMs, endMs: callTime() });
  }
}
