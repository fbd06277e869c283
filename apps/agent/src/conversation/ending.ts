import type { Step } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Alert } from '../call/alerts.ts';
import type { Script } from './script.ts';

export type Outcome = 'complete' | 'partial' | 'handed-over';
export type GiveUp = 'wants-person' | 'wants-to-stop' | 'no-model' | 'no-hearing';

export interface EndingOptions {
  log: CallLog;
  script: Script;
  /** Gets word to a person. */
  alert: (alert: Alert) => void;
  /** The conversation has come to its end; `words` are the last to be said. Called once. */
  onOver: (outcome: Outcome, words: string) => void;
}

/** How the conversation ends: once, whatever is done in its last turn. */
export class Ending {
  readonly #options: EndingOptions;
  #isOver = false;

  constructor(options: EndingOptions) {
    this.#options = options;
  }

  /** The questionnaire is at its end; `words` are the last to be said. */
  async finish(step: Extract<Step, { kind: 'complete' | 'handOver' }>, words: string): Promise<void> {
    if (this.#isOver) return;
    if (step.kind === 'complete') return this.#over('complete', words);
    const { log, alert } = this.#options;
    await log.append('hand-over', { reason: step.reason });
    alert({ id: step.reason, urgent: step.reason === 'red-flag' });
    this.#over('handed-over', words);
  }

  /** The end before its time: as the caller wishes, or because a part of ours failed for good. */
  async giveUp(reason: GiveUp): Promise<void> {
    if (this.#isOver) return;
    const { log, script, alert } = this.#options;
    await log.append('hand-over', { reason });
    if (reason === 'wants-to-stop') return this.#over('partial', script.closing);
    alert({ id: reason, urgent: false });
    this.#over('handed-over', reason === 'no-hearing' ? script.unheard : script.handOver);
  }

  #over(outcome: Outcome, words: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onOver(outcome, words);
  }
}
