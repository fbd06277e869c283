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
import { isWholeTurn } from './end-of-turn.ts';
import { plainly } from './fast-lane.ts';
import type { Intake } from './intake.ts';
import { isOver } from './phrasing.ts';
import { plainWords } from './plain-words.ts';

/** Interim words that stand for the caller's turn, and what they were an answer to. */
export interface Standing {
  words: string;
  /** An answer was made of them. */
  isApplied: boolean;
  asked: { own: undefined; step: Step | undefined; item: Item | undefined };
  before: IntakeState;
}

/** What a final says of the interim words before it. `more`: they were right, but not all, or not surely heard. */
export type Verdict = 'same' | 'more' | 'other';

/** Answers that are made of interim words, a second before their final, and what becomes of them. */
export class Provisional {
  readonly #course: Course;
  readonly #intake: Intake;
  #standing: Standing | undefined;
  /** A turn was made of them. */
  #isTaken = false;

  constructor(course: Course, intake: Intake) {
    this.#course = course;
    this.#intake = intake;
  }

  /**
   * Whether words that may still change are certain enough to be acted on: a whole and plain answer to the questionnaire, of which no more hangs than the
   * next question. A red flag, the end, and what was looked up wait for the final.
   */
  mayStand({ text, startMs, endMs }: Heard): boolean {
    const { asked, ending } = this.#course;
    const { step, item } = asked;
    if (asked.own || asked.flag !== undefined || ending.isOver || this.#standing) return false;
    if (redFlagsIn(this.#intake.definition, text).length > 0) return false;
    if (!isWholeTurn(text, step, item, this.#intake.today)) return false;
    const input = this.#inputOf({ text, startMs, endMs, confidence: 1, isProvisional: true }, asked);
    if (!input || (input.kind === 'answer' && !(item && isTyped(item)))) return false;
    const { state, step: next, events } = this.#advance(this.#intake.state, input);
    const isPlain = events.every(({ kind }) => kind !== 'redFlag' && kind !== 'invalid');
    return isPlain && !isOver(next) && !this.#discloses(state);
  }

  /** They are acted on. */
  stand(words: string): void {
    const { step, item } = this.#course.asked;
    const asked = { own: undefined, step, item };
    this.#standing = { words, isApplied: false, asked, before: this.#intake.state };
    this.#isTaken = false;
  }

  /** A turn is made of them. */
  take(): Standing | undefined {
    this.#isTaken = true;
    return this.#standing;
  }

  /** The final came: nothing stands any more. Undefined where nothing did, or no turn was made of it. */
  settle(final: Heard): { verdict: Verdict; stood: Standing } | undefined {
    const stood = this.#standing;
    this.#standing = undefined;
    if (!stood || !this.#isTaken) return undefined;
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
      return canonicalJson({ items: state.items, failures: state.failures, step } as never);
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

/** Free words and names are known by their final alone: a recogniser goes on changing them. */
const isTyped = ({ type }: Item) => typed.has(type);
