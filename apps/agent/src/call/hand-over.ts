import type { Clock } from '@vestibule/core';
import { drained, type Entry, payloadOf } from '@vestibule/record';

/** A caller who says nothing for so long after the limit is handed over in mid-question, ms. */
const patienceMs = 15_000;

/** Finds the moment to leave a call to another worker: between an answer and the next question, where the caller waits anyway. */
export class HandOver {
  readonly #clock: Clock;
  readonly #leave: () => void;
  readonly #stop = new AbortController();
  #isDue = false;

  constructor(clock: Clock, leave: () => void) {
    this.#clock = clock;
    this.#leave = leave;
  }

  async begin(): Promise<void> {
    this.#isDue = true;
    await this.#clock.sleep(patienceMs, this.#stop.signal);
    this.#now();
  }

  /** The caller's turn is over and what they said is on the log; the answer has not been spoken. */
  atTurn(): void {
    if (this.#isDue) this.#now();
  }

  /** The call comes to its end here. */
  cancel(): void {
    this.#stop.abort();
  }

  #now(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#leave();
  }
}

/** True when the last worker left the call of its own accord. */
export function wasHandedOver(entries: readonly Entry[]): boolean {
  const last = entries.findLast(({ header: { kind } }) => kind === 'hand-over' || kind === 'take-over');
  return last !== undefined && payloadOf(last, 'hand-over')?.reason === drained;
}
