import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Heard } from '../speech/hearing.ts';
import type { Look } from '../thinking/second-look.ts';
import type { Meaning } from './meaning.ts';

export interface MeaningLookOptions {
  meaning: Meaning;
  definition: Pick<Definition, 'redFlags'>;
  log: CallLog;
  clock: Clock;
  logger: Logger;
  /** Ids that the questionnaire has; the words in which they were found. */
  onFlags: (ids: readonly string[], heard: Heard) => Promise<void>;
}

/** The call by which a record says what the meaning of words was taken for. */
export const askAboutFlags = 'ask_about_red_flags';

/**
 * Looks for what is meant, beside the turn and never in its way, in all that is heard to its end. What it finds is on record as a
 * model's output is, so that the call can be replayed without it. Its failures are logged and stop nothing.
 */
export class MeaningLook implements Look {
  readonly #options: MeaningLookOptions;
  #isClosed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(options: MeaningLookOptions) {
    this.#options = options;
  }

  look(heard: Heard): void {
    this.#last = this.#last.then(() => this.#look(heard));
  }

  close(): void {
    this.#isClosed = true;
  }

  async #look(heard: Heard): Promise<void> {
    if (this.#isClosed) return;
    const { meaning, clock, logger, onFlags } = this.#options;
    const began = clock.monotonic();
    try {
      const ids = this.#idsOf(await meaning.flagsIn(heard.text));
      if (ids.length === 0) return;
      await this.#note(ids, heard, Math.round(clock.monotonic() - began));
      await onFlags(ids, heard);
    } catch (error) {
      logger.warn('meaning not looked for', describeError(error));
    }
  }

  #idsOf(found: ReadonlyMap<string, number>): string[] {
    const { definition, meaning } = this.#options;
    return definition.redFlags
      .filter(({ library }) => library !== undefined && (found.get(library) ?? 0) >= meaning.from)
      .map(({ id }) => id);
  }

  async #note(ids: readonly string[], { text, startMs, endMs }: Heard, durationMs: number): Promise<void> {
    const { log, meaning } = this.#options;
    await log.append('output', {
      model: meaning.name,
      purpose: 'red-flags',
      about: { piiWords: text, startMs, endMs },
      piiText: '',
      toolCalls: [{ id: 'meaning', name: askAboutFlags, piiArguments: JSON.stringify({ ids }) }],
      durationMs,
    });
  }
}
