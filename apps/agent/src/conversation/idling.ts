import type { Step } from '@vestibule/questionnaire';

/** So many turns in a row may leave the question as it is (asides, questions back); then it counts as not understood. */
const idleTurns = 4;

/** Counts turns that leave what is asked as it is. */
export class Idling {
  #step: Step | undefined;
  #turns = 0;

  /** Another turn begins; true when too many before it have moved nothing. The count begins anew then. */
  isTooLong(step: Step | undefined): boolean {
    this.#turns = this.#step === step ? this.#turns + 1 : 1;
    this.#step = step;
    if (step === undefined || this.#turns <= idleTurns) return false;
    this.#step = undefined;
    return true;
  }
}
