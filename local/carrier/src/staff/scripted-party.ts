import type { Party } from '../conversation.ts';
import type { Mouth } from '../mouth.ts';
import type { Step } from '../steps.ts';

/** What is done at one point of a call. */
export interface ScriptedTurn {
  /** `turn`: when the other side has spoken and fallen silent; `silence`: also when it has said nothing. */
  after: 'turn' | 'silence';
  /** Silence that it takes, ms. */
  ms?: number;
  steps: readonly Step[];
}

const frameMs = 20;
const defaultMs = 1200;

/** Goes through a list of turns, one after each of the other side's, and then only listens. */
export class ScriptedParty implements Party {
  readonly #mouth: Mouth;
  readonly #waiting: ScriptedTurn[];
  #spoke = false;
  #silentMs = 0;

  constructor(turns: readonly ScriptedTurn[], mouth: Mouth) {
    this.#waiting = [...turns];
    this.#mouth = mouth;
  }

  /** All turns are done, and what they said is said. */
  get isDone(): boolean {
    return this.#waiting.length === 0 && !this.#mouth.busy;
  }

  heard(): void {
    // It goes by sound alone.
  }

  step(otherSpeaking: boolean): void {
    this.#spoke ||= otherSpeaking;
    this.#silentMs = otherSpeaking || this.#mouth.busy ? 0 : this.#silentMs + frameMs;
    const next = this.#waiting[0];
    if (!next || this.#silentMs < (next.ms ?? defaultMs) || (next.after === 'turn' && !this.#spoke)) return;
    this.#waiting.shift();
    this.#spoke = false;
    this.#silentMs = 0;
    this.#mouth.perform(next.steps);
  }
}
