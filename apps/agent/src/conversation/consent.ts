import type { CallLog } from '@vestibule/record';
import { OwnQuestion } from './own-question.ts';
import type { Script } from './script.ts';

export const consentItem = 'recording-consent';

/** Recording consent: asked before anything else. */
export class Consent extends OwnQuestion {
  readonly item = consentItem;
  readonly question: string;
  readonly again: string;
  readonly #log: CallLog;
  readonly #script: Script;

  constructor(log: CallLog, script: Script, given: boolean | undefined) {
    super(given);
    this.#log = log;
    this.#script = script;
    this.question = script.consentQuestion;
    this.again = script.consentAgain;
  }

  get thanks(): string {
    return this.isGiven ? this.#script.consented : this.#script.notConsented;
  }

  protected async record(recording: boolean, words: string): Promise<void> {
    await this.#log.append('consent', { recording, piiWords: recording ? words : '' });
  }
}
