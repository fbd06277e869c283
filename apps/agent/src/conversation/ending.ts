import type { Step } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Alert } from '../call/alerts.ts';
import { isOver } from './phrasing.ts';
import type { Script } from './script.ts';

export type Outcome = 'complete' | 'partial' | 'handed-over';
export type GiveUp = keyof typeof givenUp | keyof typeof givenUpCalls;

export interface EndingOptions {
  log: CallLog;
  script: Script;
  /** Gets word to a person. */
  alert: (alert: Alert) => void;
  /** The conversation has come to its end; `words` are the last to be said. Called once. */
  onOver: (outcome: Outcome, words: string) => void;
  /** After a take-over: the reason on the log for which the conversation was ending. */
  handedOver?: string | undefined;
}

const givenUp = {
  'wants-person': 'handOver',
  'wants-to-stop': 'closing',
  'no-model': 'handOver',
  'no-hearing': 'unheard',
} as const satisfies Record<string, keyof Script>;

/** Of a caller who will be called back, or of somebody who was. Nobody is left to a person. */
const givenUpCalls = {
  'wants-call-back': 'willCallBack',
  'no-more-calls': 'noMoreCalls',
  'wrong-number': 'wrongNumber',
  'is-not-caller': 'triesAgain',
  'not-identified': 'notIdentified',
} as const satisfies Record<string, keyof Script['callBack']>;

const isAboutCalls = (reason: GiveUp): reason is keyof typeof givenUpCalls => reason in givenUpCalls;

/** How the conversation ends: once, whatever is done in its last turn. */
export class Ending {
  readonly #options: EndingOptions;
  #isOver = false;

  constructor(options: EndingOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The questionnaire is at its end; `words` are the last to be said. */
  async finish(step: Extract<Step, { kind: 'complete' | 'handOver' }>, words: string): Promise<void> {
    if (this.#isOver) return;
    if (step.kind === 'complete') return this.#over('complete', words);
    await this.#record(step.reason);
    this.#options.alert({ id: step.reason, urgent: step.reason === 'red-flag' });
    this.#over('handed-over', words);
  }

  /** The end before its time: as the caller wishes, or because a part of ours failed for good. */
  async giveUp(reason: GiveUp): Promise<void> {
    if (this.#isOver) return;
    await this.#record(reason);
    const { script } = this.#options;
    if (isAboutCalls(reason)) return this.#over('partial', script.callBack[givenUpCalls[reason]]);
    const words = script[givenUp[reason]];
    if (reason === 'wants-to-stop') return this.#over('partial', words);
    this.#options.alert({ id: reason, urgent: false });
    this.#over('handed-over', words);
  }

  /** After a take-over: ends as the worker before was about to. `step`: where the questionnaire stands; undefined while it waits for the patient. */
  async resume(step: Step | undefined, words: () => string): Promise<void> {
    const { handedOver } = this.#options;
    if (handedOver !== undefined && handedOver in { ...givenUp, ...givenUpCalls })
      await this.giveUp(handedOver as GiveUp);
    else if (step && isOver(step)) await this.finish(step, words());
  }

  async #record(reason: string): Promise<void> {
    if (this.#options.handedOver !== reason) await this.#options.log.append('hand-over', { reason });
  }

  #over(outcome: Outcome, words: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onOver(outcome, words);
  }
}
