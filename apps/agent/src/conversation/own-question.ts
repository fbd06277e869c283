import { parseYesNo } from '@vestibule/questionnaire';

const attempts = 3;

/**
 * A yes-or-no question of our own, asked before the questionnaire. Who says neither three times has said no: what is asked here
 * needs a yes.
 */
export abstract class OwnQuestion {
  /** Its name for the model. */
  abstract readonly item: string;
  abstract readonly question: string;
  /** The question, put again to who said neither. */
  abstract readonly again: string;
  /** Said once it is settled. */
  abstract readonly thanks: string;
  #yes: boolean | undefined;
  #tries = 0;

  /** `yes`: as the log has it after a take-over; undefined while the caller has not answered. */
  constructor(yes: boolean | undefined) {
    this.#yes = yes;
  }

  get isOpen(): boolean {
    return this.#yes === undefined;
  }

  get isGiven(): boolean {
    return this.#yes === true;
  }

  /** What the caller says to it, first in the model's words, then in their own. @returns whether it is settled now. */
  async answer(...words: string[]): Promise<boolean> {
    const parsed = words.map((one) => parseYesNo(one, this.question)).find((one) => one !== undefined);
    this.#tries += 1;
    if (parsed === undefined && this.#tries < attempts) return false;
    await this.settle(parsed?.yes ?? false, words.at(-1) ?? '');
    return true;
  }

  async settle(yes: boolean, words: string): Promise<void> {
    await this.record(yes, words);
    this.#yes = yes;
  }

  /** Writes the answer to the log and does what hangs on it. */
  protected abstract record(yes: boolean, words: string): Promise<void>;
}
