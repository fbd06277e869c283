import {
  advance,
  type Definition,
  describeForModel,
  type FiredRedFlag,
  type Input,
  type IntakeEvent,
  type IntakeState,
  startIntake,
  type Step,
} from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Heard } from '../speech/hearing.ts';

export interface Advance {
  step: Step;
  events: readonly IntakeEvent[];
  redFlags: readonly FiredRedFlag[];
}

/**
 * The questionnaire engine of one call, bound to its log: an input changes the state only once its entry is
 * durable, and inputs are taken one at a time. Replaying the log's inputs gives the same state.
 */
export class Intake {
  readonly definition: Definition;
  /** The caller's day, YYYY-MM-DD. */
  readonly today: string;
  readonly #log: CallLog;
  #state: IntakeState;
  #step: Step;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(definition: Definition, log: CallLog, today: string, inputs: readonly unknown[] = []) {
    this.definition = definition;
    this.#log = log;
    this.today = today;
    const start = startIntake(definition);
    this.#state = start.state;
    this.#step = start.step;
    for (const input of inputs) {
      const { state, step } = advance(definition, this.#state, input as Input, { today });
      this.#state = state;
      this.#step = step;
    }
  }

  get state(): IntakeState {
    return this.#state;
  }

  get step(): Step {
    return this.#step;
  }

  get situation(): string {
    return describeForModel(this.definition, this.#state);
  }

  apply(input: Input, evidence?: Heard): Promise<Advance> {
    const result = this.#queue.then(() => this.#apply(input, evidence));
    this.#queue = result.catch(() => {});
    return result;
  }

  async #apply(input: Input, evidence: Heard | undefined): Promise<Advance> {
    const { state, step, events } = advance(this.definition, this.#state, input, { today: this.today });
    await this.#log.append('answer', {
      ...('linkId' in input ? { linkId: input.linkId } : {}),
      piiInput: input,
      piiEvents: [...events],
      ...(evidence === undefined ? {} : { evidence: { startMs: evidence.startMs, endMs: evidence.endMs } }),
    });
    this.#state = state;
    this.#step = step;
    return { step, events, redFlags: events.filter((event) => event.kind === 'redFlag') };
  }
}
