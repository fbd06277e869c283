import type { Heard } from '../speech/hearing.ts';
import type { Course } from './course.ts';
import type { Intake } from './intake.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import { type Foreseen, Provisional, type Standing } from './provisional.ts';
import type { Script } from './script.ts';

export interface CallerTurnOptions {
  course: Course;
  acts: OneAtATime;
  intake: Intake;
  script: Script;
}

/** What the caller was heard to say since their last turn: finals, or interim words that stand until theirs comes. */
export class CallerTurn {
  readonly #options: CallerTurnOptions;
  readonly #provisional: Provisional;
  #heard: Heard | undefined;
  #lead = '';

  constructor(options: CallerTurnOptions) {
    this.#options = options;
    this.#provisional = new Provisional(options.course, options.intake, options.script);
  }

  get text(): string | undefined {
    return this.#heard?.text;
  }

  /** What will be said if these interim words are the whole turn, where that is plain. */
  foresee(heard: Heard): Foreseen | undefined {
    return this.#heard === undefined ? this.#provisional.foresee(heard) : undefined;
  }

  /** They are taken for it, until the final says otherwise. */
  onProvisional(heard: Omit<Heard, 'confidence'>): void {
    this.#provisional.stand(heard);
    this.#hear({ ...heard, confidence: 1, isProvisional: true });
  }

  /** @returns false when interim words, of which a turn was made, have said it already */
  onFinal(heard: Heard): boolean {
    const settled = this.#provisional.settle(heard);
    if (settled?.verdict === 'same') return false;
    const { words } = this.#options.course.claims;
    if (settled) words.forget(settled.stood.words);
    if (settled) this.#withdraw(settled.stood);
    if (settled?.verdict === 'other') this.#lead = this.#options.script.misheard;
    if (this.#heard?.isProvisional) {
      words.forget(this.#heard.text);
      this.#heard = undefined;
    }
    this.#hear(heard, settled?.stood.asked);
    return true;
  }

  /** The turn is over. @returns what it rests on, and what stands of it until its final comes */
  take(): { heard: Heard | undefined; standing: Standing | undefined } {
    const heard = this.#heard;
    this.#heard = undefined;
    return { heard, standing: heard?.isProvisional ? this.#provisional.take() : undefined };
  }

  /** What is to be said before the answer to this turn, once. */
  takeLead(): string {
    const lead = this.#lead;
    this.#lead = '';
    return lead;
  }

  /** A value was taken: one that was misheard at first is said, where it is not read back. */
  tell(linkId: string): void {
    const known = this.#options.intake.state.items[linkId];
    if (this.#lead !== '' && known?.status === 'answered' && known.confirmed)
      this.#lead += ` I have: ${known.display}.`;
  }

  /** `asked`: what they are an answer to, where that is not asked any more. */
  #hear(heard: Heard, asked?: Standing['asked']): void {
    const { claims } = this.#options.course;
    claims.noteAsked(asked);
    this.#heard = this.#heard === undefined ? heard : joined(this.#heard, heard);
    claims.words.hear(heard.text);
  }

  /** Pipelined: when the log refuses it, it refuses what comes after it too. */
  #withdraw(stood: Standing): void {
    const { acts, intake } = this.#options;
    acts.run(async () => (stood.isApplied ? intake.withdraw() : undefined)).catch(() => {});
  }
}

/** Finals of one turn as one: what is unsure of it is as unsure as its least sure part. */
const joined = (first: Heard, second: Heard): Heard => ({
  text: `${first.text} ${second.text}`,
  startMs: first.startMs,
  endMs: second.endMs,
  confidence: Math.min(first.confidence, second.confidence),
});
