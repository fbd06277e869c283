import type { Clock } from '@vestibule/core';
import { holdingAfterMs } from '../speech/holding.ts';
import { Patience } from './patience.ts';

export interface AwaitedWordsOptions {
  clock: Clock;
  /** The caller has been silent for as long as they may be left to be, and what they said has not come: something is to be said. */
  onLate: () => void;
}

/** What was spoken and what of it has been transcribed. Times are ms on the call's clock. */
export class AwaitedWords {
  readonly #late: Patience;
  #spokeAt = -Infinity;
  #heardUntil = -Infinity;

  constructor({ clock, onLate }: AwaitedWordsOptions) {
    this.#late = new Patience(clock, holdingAfterMs, () => this.isUnheard && onLate());
  }

  /** True while something was spoken whose words have not come yet. */
  get isUnheard(): boolean {
    return this.#spokeAt > this.#heardUntil + 100;
  }

  /** The caller begins to speak. */
  spoke(atMs: number): void {
    this.#spokeAt = atMs;
    this.#late.stop();
  }

  /**
   * The caller was silent for `silentMs` already. Who pauses in mid-answer has been heard up to there by the time: that silence is theirs, and ends with
   * the patience of what is asked.
   */
  fellSilent(silentMs: number): void {
    this.#late.start(holdingAfterMs - silentMs);
  }

  /** A final came. */
  heard(endMs: number): void {
    this.#heardUntil = endMs;
  }

  /** The agent has the floor, or the call is over. */
  stop(): void {
    this.#late.stop();
  }
}
