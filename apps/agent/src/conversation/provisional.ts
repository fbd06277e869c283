import { canonicalJson } from '@vestibule/core';
import {
  advance,
  identified,
  type Input,
  type IntakeState,
  type Item,
  redFlagsIn,
  type Step,
} from '@vestibule/questionnaire';
import type { Heard } from '../speech/hearing.ts';
import type { Course } from './course.ts';
import { isWholeTurn, mayGrow } from './end-of-turn.ts';
import { plainly } from './fast-lane.ts';
import type { Intake } from './intake.ts';
import { isOver, wordsOf } from './phrasing.ts';
import { plainWords } from './plain-words.ts';
import type { Script } from './script.ts';

/** Interim words that stand for the caller's turn, and what they were an answer to. */
export interface Standing {
  words: string;
  /** When they ended, ms on the call's clock. */
  endMs: number;
  /** An answer was made of them. */
  isApplied: boolean;
  asked: { own: undefined; step: Step | undefined; item: Item | undefined };
  before: IntakeState;
}

export interface Foreseen {
  /** To be said next. */
  words: string;
  /** They may be acted on before the final: a recogniser goes on changing free words and names. */
  isCertain: boolean;
}

/** What a final says of the interim words before it. `more`: they were right, but not all, or not surely heard. */
export type Verdict = 'same' | 'more' | 'other';

/** Answers that are made of interim words, a second before their final, and what becomes of them. */
export class Provisional {
  readonly #course: Course;
  readonly #intake: Intake;
  readonly #script: Script;
  #seen: { text: string; state: IntakeState; foreseen: Foreseen | undefined } | undefined;
  #standing: Standing | undefined;
  /** A turn was made of them. */
  #isTaken = false;

  constructor(course: Course, intake: Intake, script: Script) {
    this.#course = course;
    this.#intake = intake;
    this.#script = script;
  }

  /**
   * What will be said if interim words stay what they are: a whole and plain answer to the questionnaire, of which no more hangs than the next question. A red
   * flag, the end, and what was looked up wait for the final.
   */
  foresee(heard: Heard): Foreseen | undefined {
    const { state } = this.#intake;
    if (this.#seen?.text !== heard.text || this.#seen.state !== state)
      this.#seen = { text: heard.text, state, foreseen: this.#foresee(heard) };
    return this.#seen.foreseen;
  }

  #foresee({ text, startMs, endMs }: Heard): Foreseen | undefined {
    const { asked, ending } = this.#course;
    const { step, item } = asked;
    const { definition, today } = this.#intake;
    if (asked.own || asked.flag !== undefined || ending.isOver) return undefined;
    if (this.#standing && startMs < this.#standing.endMs) return undefined;
    if (!isWholeTurn(text, step, item, today) || redFlagsIn(definition, text).length > 0) return undefined;
    const input = this.#inputOf({ text, startMs, endMs, confidence: 1, isProvisional: true }, asked);
    if (!input) return undefined;
    const next = this.#advance(this.#intake.state, input);
    const isPlain = next.events.every(({ kind }) => kind !== 'redFlag' && kind !== 'invalid');
    if (!isPlain || isOver(next.step) || this.#discloses(next.state)) return undefined;
    const isCertain = input.kind !== 'answer' || (item !== undefined && isTyped(item) && !mayGrow(text));
    return { words: wordsOf(next.step, this.#script), isCertain };
  }

  /** They are acted on. */
  stand({ text: words, endMs }: Pick<Heard, 'text' | 'endMs'>): void {
    const { step, item } = this.#course.asked;
    const asked = { own: undefined, step, item };
    this.#standing = { words, endMs, isApplied: false, asked, before: this.#intake.state };
    this.#isTaken = false;
  }

  /** A turn is made of them. */
  take(): Standing | undefined {
    this.#isTaken = true;
    return this.#standing;
  }

  /**
   * A final came: nothing stands any more. Undefined where nothing did, where no turn was made of it, and where the final is about later words: that of the
   * interim ones was lost, and they count.
   */
  settle(final: Heard): { verdict: Verdict; stood: Standing } | undefined {
    const stood = this.#standing;
    this.#standing = undefined;
    if (!stood || !this.#isTaken || final.startMs >= stood.endMs) return undefined;
    const isPart = `${plainWords(final.text)} `.startsWith(`${plainWords(stood.words)} `);
    return { verdict: this.#agree(stood, final) ? 'same' : isPart ? 'more' : 'other', stood };
  }

  /** What the final says comes to the same: value, read-back and next question. */
  #agree({ words, asked, before }: Standing, final: Heard): boolean {
    const interim: Heard = { ...final, text: words, confidence: 1, isProvisional: true };
    const [stood, said] = [interim, final].map((heard) => {
      const input = this.#inputOf(heard, asked);
      if (!input) return undefined;
      const { state, step } = this.#advance(before, input);
      return canonicalJson({ items: state.items, failures: state.failures, step });
    });
    return said !== undefined && stood === said;
  }

  #inputOf(heard: Heard, asked: Standing['asked'] | Course['asked']): Input | undefined {
    const said = plainly(heard, asked, this.#intake.today);
    return said === undefined || said === 'again' || 'own' in said ? undefined : said;
  }

  #advance(state: IntakeState, input: Input): ReturnType<typeof advance> {
    return advance(this.#intake.definition, state, input, { today: this.#intake.today });
  }

  /** It would identify the caller, so that what was looked up comes in. */
  #discloses(state: IntakeState): boolean {
    const { patient, isIdentified } = this.#course;
    return patient !== undefined && !isIdentified && identified(this.#intake.definition, state, patient).ok;
  }
}

const typed: ReadonlySet<Item['type']> = new Set([
  'boolean',
  'choice',
  'integer',
  'decimal',
  'quantity',
  'date',
  'dateTime',
  'time',
]);

const isTyped = ({ type, form }: Item) => typed.has(type) || form === 'phone';
