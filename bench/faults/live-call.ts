import type { Clock } from '@vestibule/core';
import { type Entry, payloadOf } from '@vestibule/record';
import type { CallWatch } from './call-watch.ts';
import { answersBefore, type Strike } from './judge.ts';
import { type HeardCall, numberOf, placeCall } from './lane.ts';

/** Items of the bench's questionnaire: a call with all of them says goodbye. */
const items = 6;
/** A call is struck so often at most, or it would never end. */
const strikesACall = 3;

/** One call of a lane while it lasts, and what struck it. */
export class LiveCall implements HeardCall {
  readonly spokeAt: number[] = [];
  readonly strikes: Strike[] = [];
  isAnswered = false;
  isOver = false;
  outcome = '';
  readonly #lane: number;
  readonly #watch: CallWatch;
  readonly #clock: Clock;
  #callId: string | undefined;

  constructor(lane: number, watch: CallWatch, clock: Clock) {
    this.#lane = lane;
    this.#watch = watch;
    this.#clock = clock;
  }

  /** Resolves with its log when the call is over and its end is written, or a minute later without it. */
  async run(signal: AbortSignal): Promise<Entry[]> {
    const known = await this.#watch.callIds();
    const placed = placeCall(this.#lane, this.#clock, this, signal).finally(() => (this.isOver = true));
    while (!this.isOver && this.#callId === undefined) {
      this.#callId = await this.#watch.callOf(numberOf(this.#lane), known);
      await this.#clock.sleep(250);
    }
    await placed;
    return this.#ended();
  }

  /** The worker that holds the call, when it is in the midst of its questions and has got over earlier strikes. */
  async strikeable(): Promise<number | undefined> {
    if (this.#callId === undefined || this.isOver || !this.isAnswered) return undefined;
    if (this.strikes.length === strikesACall) return undefined;
    const last = this.strikes.at(-1);
    if (last && !this.spokeAt.some((at) => at > last.at + 1000)) return undefined;
    const entries = await this.#watch.entries(this.#callId);
    const answers = answersBefore(entries, entries.length).size;
    if (answers === 0 || answers >= items - 1) return undefined;
    return this.#watch.holder(this.#callId);
  }

  async #ended(): Promise<Entry[]> {
    if (this.#callId === undefined) return [];
    const until = this.#clock.monotonic() + 60_000;
    for (;;) {
      const entries = await this.#watch.entries(this.#callId);
      if (entries.some((entry) => payloadOf(entry, 'end')) || this.#clock.monotonic() > until) return entries;
      await this.#clock.sleep(500);
    }
  }
}
