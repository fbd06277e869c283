import { type Input, redFlagsIn } from '@vestibule/questionnaire';
import type { Heard } from '../speech/hearing.ts';
import type { Course } from './course.ts';
import type { Intake } from './intake.ts';

/** What looks for red flags beside the turn: phrases in everything heard, and a second model. */
export class RedFlagLanes {
  readonly #course: Course;
  readonly #intake: Intake;

  constructor(course: Course, intake: Intake) {
    this.#course = course;
    this.#intake = intake;
  }

  async watch({ text, startMs, endMs }: Heard, lane: 'partial' | 'final'): Promise<void> {
    const partial = lane === 'partial';
    const { definition, state } = this.#intake;
    const { flagged, questioned = [] } = state;
    // One that is asked about first waits for the end of what is being said, and is asked about once.
    const isNew = redFlagsIn(definition, text, { partial }).some(({ id, confirm }) =>
      confirm !== undefined && (partial || questioned.some((one) => one.id === id && one.words === text))
        ? false
        : !flagged.includes(id),
    );
    if (!isNew) return;
    const input: Input = { kind: 'heard', words: text, ...(partial ? { partial } : {}) };
    await this.#course.alarm(input, 'red-flag-phrase', { text, startMs, endMs }, lane);
  }

  /** One that has fired does not fire again. `ask`: none fires before the caller was asked. */
  async report(ids: readonly string[], heard: Omit<Heard, 'confidence'>, ask = false): Promise<void> {
    // How sure the recogniser was is not on record beside a model's output: a replay has only the rest.
    const { text, startMs, endMs } = heard;
    for (const id of ids) {
      if (this.#course.ending.isOver || this.#intake.state.flagged.includes(id)) continue;
      const input: Input = { kind: 'flag', id, words: text, ...(ask ? { ask } : {}) };
      await this.#course.alarm(input, 'red-flag-model', { text, startMs, endMs }, 'second-model');
    }
  }
}
