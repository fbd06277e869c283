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
import type { CallLog, CarriedInputs, Payload } from '@vestibule/record';
import type { Heard } from '../speech/hearing.ts';
import { versionOf } from './versions.ts';

type Answer = Payload<'answer'>;
/** Which way an input reached the engine. */
export type Way = NonNullable<Answer['obtained']>['by'];

/** Where an input comes from, for the record. */
export interface Origin {
  by: Way;
  /** What it rests on, where anything was heard; interim words have no confidence on record. */
  heard?: (Omit<Heard, 'confidence'> & Partial<Pick<Heard, 'confidence'>>) | undefined;
  /** It rests on interim words, and may be withdrawn. */
  isProvisional?: boolean;
  /** The version of the agent's words and the model's rules. */
  prompts: string;
}

/** A red flag that fired, and the words in which a phrase of it was heard. */
export interface Fired {
  flag: FiredRedFlag;
  words?: string;
}

export interface Advance {
  step: Step;
  events: readonly IntakeEvent[];
  redFlags: readonly FiredRedFlag[];
  /** When its entry was made, ms since the epoch. */
  atMs?: number;
}

/**
 * The questionnaire engine of one call, bound to its log: an input changes the state only once its entry is
 * durable. Inputs are given one at a time. Replaying the log's inputs gives the same state.
 */
export class Intake {
  readonly definition: Definition;
  /** The caller's day, YYYY-MM-DD. */
  readonly today: string;
  /** What the inputs on the log fired, in order; that of an earlier call was dealt with there. */
  readonly fired: readonly Fired[];
  readonly #log: CallLog;
  readonly #version: string;
  /** Items whose answer is the questionnaire's initial value, and not a caller's yet. */
  #prefilled = new Set<string>();
  #inputs: Input[] = [];
  /** The last of them that rests on interim words, and its item. */
  #provisional: { input: Input; linkId: string | undefined } | undefined;
  #state!: IntakeState;
  #step!: Step;

  constructor(definition: Definition, log: CallLog, today: string, inputs: readonly unknown[] = []) {
    this.definition = definition;
    this.#log = log;
    this.today = today;
    this.#version = versionOf(definition);
    this.fired = this.#begin(inputs as (Input | CarriedInputs)[]);
  }

  /** Enters what was answered in an earlier call. */
  carryOn(inputs: readonly unknown[]): void {
    for (const input of inputs as (Input | CarriedInputs)[]) this.#again(input);
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

  async apply(input: Input, { by, heard, isProvisional, prompts }: Origin): Promise<Advance> {
    const asked = 'linkId' in this.#step ? this.#step.linkId : undefined;
    const linkId = 'linkId' in input ? input.linkId : input.kind === 'heard' ? undefined : asked;
    const next = this.#advance(input);
    const value = this.#valueIn(next.events);
    const { seq } = await this.#log.append('answer', {
      ...(linkId === undefined ? {} : { linkId }),
      piiInput: input,
      piiEvents: [...next.events],
      ...(heard === undefined ? {} : { evidence: evidenceOf(heard) }),
      obtained: {
        by,
        ...(value === undefined ? {} : { value }),
        ...(isProvisional ? { provisional: true } : {}),
      },
      ...readBackOf(linkId, next),
      versions: { questionnaire: this.#version, prompts },
    });
    this.#enter(input, next);
    if (isProvisional) this.#provisional = { input, linkId };
    const { step, events } = next;
    const atMs = Date.parse(this.#log.entries[seq]?.header.at ?? '');
    return { step, events, redFlags: redFlagsOf(next), atMs };
  }

  /** The last answer that rests on interim words does not count: all else is as if it had never been given. */
  async withdraw(): Promise<void> {
    if (!this.#provisional) return;
    const { input, linkId } = this.#provisional;
    await this.#log.append('withdrawn', linkId === undefined ? {} : { linkId });
    this.#begin(this.#inputs.filter((one) => one !== input));
  }

  /** @returns what the inputs fired */
  #begin(inputs: readonly (Input | CarriedInputs)[]): Fired[] {
    const { state, step } = startIntake(this.definition, { today: this.today });
    this.#prefilled = new Set(Object.keys(state.items));
    this.#inputs = [];
    this.#provisional = undefined;
    this.#state = state;
    this.#step = step;
    return inputs.flatMap((input) => this.#again(input));
  }

  /** Enters an input that is on the log. @returns what it fired. */
  #again(input: Input | CarriedInputs): Fired[] {
    if (input.kind === 'carried') {
      this.carryOn(input.inputs);
      return [];
    }
    const next = this.#advance(input);
    this.#enter(input, next);
    const words = input.kind === 'heard' ? { words: input.words } : {};
    return redFlagsOf(next).map((flag) => ({ flag, ...words }));
  }

  #advance(input: Input): Advanced {
    return advance(this.definition, this.#state, input, { today: this.today });
  }

  #enter(input: Input, { state, step, events }: Advanced): void {
    this.#inputs.push(input);
    this.#state = state;
    this.#step = step;
    for (const event of events) if ('value' in event) this.#prefilled.delete(event.linkId);
  }

  /** Where the value comes from that an input settles, when it settles one. */
  #valueIn(events: readonly IntakeEvent[]): NonNullable<Answer['obtained']>['value'] {
    for (const event of events) {
      if (event.kind === 'corrected') return 'corrected';
      if (event.kind === 'confirmed' && this.#prefilled.has(event.linkId)) return 'prefilled';
      if (['answered', 'held', 'confirmed'].includes(event.kind)) return 'stated';
    }
    return undefined;
  }
}

type Advanced = ReturnType<typeof advance>;

const redFlagsOf = ({ events }: Advanced) => events.filter((event) => event.kind === 'redFlag');

function evidenceOf({ text, startMs, endMs, confidence }: NonNullable<Origin['heard']>): Answer['evidence'] {
  return { piiWords: text, startMs, endMs, ...(confidence === undefined ? {} : { confidence }) };
}

/** Where the read-back of an item stands after an input; nothing when it has no answer to be read back. */
function readBackOf(linkId: string | undefined, { state, events }: Advanced): Pick<Answer, 'readBack'> {
  const happened = (kind: IntakeEvent['kind']) => events.some((event) => event.kind === kind);
  if (happened('confirmed')) return { readBack: 'confirmed' };
  const known = linkId === undefined ? undefined : state.items[linkId];
  if (known?.status === 'answered') return { readBack: known.confirmed ? 'not-needed' : 'owed' };
  return happened('rejected') ? { readBack: 'rejected' } : {};
}
