import { parseYesNo } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Script } from './script.ts';

const attempts = 3;

/** Recording consent: asked before anything else; who says neither yes nor no three times has not consented. */
export class Consent {
  readonly #log: CallLog;
  readonly #script: Script;
  #given: boolean | undefined;
  #tries = 0;

  /** `given`: as the log has it after a take-over; undefined while the caller has not been asked. */
  constructor(log: CallLog, script: Script, given: boolean | undefined) {
    this.#log = log;
    this.#script = script;
    this.#given = given;
  }

  get isOpen(): boolean {
    return this.#given === undefined;
  }

  get isGiven(): boolean {
    return this.#given === true;
  }

  get question(): string {
    return this.#script.consentQuestion;
  }

  /** What the caller says to it, first in the model's words, then in their own. @returns whether it is settled now. */
  async answer(...words: string[]): Promise<boolean> {
    const parsed = words.map((one) => parseYesNo(one, this.question)).find((one) => one !== undefined);
    this.#tries += 1;
    if (parsed === undefined && this.#tries < attempts) return false;
    await this.settle(parsed?.yes ?? false, words.at(-1) ?? '');
    return true;
  }

  async settle(recording: boolean, words: string): Promise<void> {
    await this.#log.append('consent', { recording, piiWords: recording ? words : '' });
    this.#given = recording;
  }

  get thanks(): string {
    return this.isGiven ? this.#script.consented : this.#script.notConsented;
  }
}
