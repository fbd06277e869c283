import type { Consent } from './consent.ts';
import type { Intake } from './intake.ts';
import { OwnQuestion } from './own-question.ts';
import type { Script } from './script.ts';

export const patientItem = 'patient-on-the-line';

/**
 * Somebody speaks for the patient, and what is left only the patient may answer: before that goes to a person, the patient is asked for, once. A
 * question that follows from where the intake stands, so that a take-over asks it again.
 */
export class PatientThere extends OwnQuestion {
  readonly item = patientItem;
  readonly question: string;
  readonly again: string;
  readonly #intake: Intake;
  readonly #consent: Consent;
  readonly #script: Script;

  /** `given`: false when the log has that they are not there. */
  constructor(intake: Intake, consent: Consent, script: Script, given: false | undefined) {
    super(given);
    this.#intake = intake;
    this.#consent = consent;
    this.#script = script;
    this.question = script.patientQuestion;
    this.again = script.patientAgain;
  }

  override get isOpen(): boolean {
    const { step } = this.#intake;
    return super.isOpen && step.kind === 'handOver' && step.reason === 'patient-only';
  }

  /** Whoever comes to the telephone hears what everybody hears who calls. */
  get thanks(): string {
    const { patientThanks, patientRecorded } = this.#script;
    if (!this.isGiven) return '';
    return this.#consent.isGiven ? `${patientThanks} ${patientRecorded}` : patientThanks;
  }

  override answer(...words: string[]): Promise<boolean> {
    return super.answer(...(words.some((one) => fetching.test(one)) ? ['yes', ...words.slice(-1)] : words));
  }

  protected async record(yes: boolean): Promise<void> {
    if (!yes) return;
    const input = { kind: 'caller', caller: 'patient' } as const;
    await this.#intake.apply(input, { by: 'typed-parse', heard: undefined, prompts: this.#script.version });
  }
}

/** "Hold on, I'll get her" is a yes. */
const fetching =
  /\b(?:hold on|hang on|(?:one|just a|wait a) (?:moment|minute|second)|(?:let me|i['’]?ll|i will|i can|going to) (?:get|fetch|put|pass|hand|call)|here (?:he|she|they|it) (?:is|are|comes?)|putting (?:him|her|them) on)\b/i;
