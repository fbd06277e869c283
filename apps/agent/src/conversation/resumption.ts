import type { CallLog, CallState } from '@vestibule/record';
import type { Intake } from './intake.ts';
import { OwnQuestion } from './own-question.ts';
import type { Script } from './script.ts';

export const resumptionItem = 'go-on-with-earlier-call';

/** Whether to go on with an earlier call of this caller that was cut off: asked after consent, and only where there is one. */
export class Resumption extends OwnQuestion {
  readonly item = resumptionItem;
  readonly question: string;
  readonly again: string;
  readonly #log: CallLog;
  readonly #intake: Intake;
  readonly #script: Script;
  #earlier: CallState['earlier'];

  constructor(log: CallLog, script: Script, intake: Intake, { earlier, goesOn }: CallState) {
    super(goesOn);
    this.#log = log;
    this.#script = script;
    this.#intake = intake;
    this.#earlier = earlier;
    this.question = script.resumptionQuestion;
    this.again = script.resumptionAgain;
  }

  /** An earlier call was found, and it is on the log. */
  offer(earlier: NonNullable<CallState['earlier']>): void {
    this.#earlier = earlier;
  }

  /** What may be gone on with, while it is not settled. */
  get offered(): readonly unknown[] | undefined {
    return this.isOpen ? this.#earlier?.piiInputs : undefined;
  }

  override get isOpen(): boolean {
    return this.#earlier !== undefined && super.isOpen;
  }

  get thanks(): string {
    return this.isGiven ? this.#script.goesOn : this.#script.beginsAnew;
  }

  protected async record(accepted: boolean): Promise<void> {
    await this.#log.append('resumption', { accepted });
    if (accepted) this.#intake.carryOn(this.#earlier?.piiInputs ?? []);
  }
}
