/** So many turns in a row may leave the question as it is (asides, questions back); then it counts as not understood. */
const idleTurns = 4;

/** Counts the model's turns that leave what is asked as it is. */
export class Idling {
  #asked: string | undefined;
  #turns = 0;
  #times = 0;

  /** Another turn begins. @returns how often too many in a row have moved nothing, this being one more of them; 0 when it is not. */
  turn(asked: string): number {
    if (asked !== this.#asked) this.#turns = this.#times = 0;
    this.#asked = asked;
    this.#turns += 1;
    return this.#turns > idleTurns ? this.#times + 1 : 0;
  }

  /** The turn was taken for one that was not understood: the count begins anew. */
  taken(): void {
    this.#turns = 0;
    this.#times += 1;
  }
}
