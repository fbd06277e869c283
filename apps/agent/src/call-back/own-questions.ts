import type { CallLog } from '@vestibule/record';
import type { Consent } from '../conversation/consent.ts';
import { OwnQuestion } from '../conversation/own-question.ts';
import type { CallBackWords } from './words.ts';

/** Whether the caller may be called back: asked once, right after their consent to the recording, without which there is nothing to go on with. */
export class MayCallBack extends OwnQuestion {
  readonly item = 'call-back-consent';
  readonly question: string;
  readonly again: string;
  readonly #log: CallLog;
  readonly #consent: Consent;
  readonly #words: CallBackWords;

  constructor(log: CallLog, words: CallBackWords, consent: Consent, agreed: boolean | undefined) {
    super(agreed);
    this.#log = log;
    this.#words = words;
    this.#consent = consent;
    this.question = words.mayQuestion;
    this.again = words.mayAgain;
  }

  override get isOpen(): boolean {
    return this.#consent.isGiven && super.isOpen;
  }

  get thanks(): string {
    return this.isGiven ? this.#words.may : this.#words.mayNot;
  }

  protected async record(yes: boolean, piiWords: string): Promise<void> {
    await this.#log.append('call-back-wish', { wish: yes ? 'agreed' : 'refused', piiWords });
  }
}

/** Whether who answered a call-back is who called: before anything else, and nothing of the earlier call is said before. */
export class WhoIsThere extends OwnQuestion {
  readonly item = 'who-answered';
  readonly question: string;
  readonly again: string;
  readonly thanks: string;
  readonly #log: CallLog;
  readonly #act: (isCaller: boolean, words: string) => Promise<void>;

  /** `act`: what is done once it is on the log. */
  constructor(
    log: CallLog,
    words: CallBackWords,
    isCaller: boolean | undefined,
    act: (isCaller: boolean, words: string) => Promise<void>,
  ) {
    super(isCaller);
    this.#log = log;
    this.#act = act;
    this.question = words.whoQuestion;
    this.again = words.whoAgain;
    this.thanks = words.whoThanks;
  }

  protected async record(yes: boolean, words: string): Promise<void> {
    await this.#log.append('call-back-wish', { wish: yes ? 'is-caller' : 'is-not-caller', piiWords: '' });
    await this.#act(yes, words);
  }
}
