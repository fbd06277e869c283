import { appendFile } from 'node:fs/promises';
import { CodedError } from '@vestibule/core';
import type { BusEvent } from './entries.ts';

export interface PutEvent {
  /** The name of the bus. */
  readonly bus: string;
  readonly event: BusEvent;
}

const kept = 1_000;

/** What was put: the last 1,000 in memory, and all of it in a file when there is one. */
export class EventLog {
  #last: PutEvent[] = [];
  readonly #file: string | undefined;

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /**
   * @param file gets a line of JSON for each event; made (0600) when it is not there.
   * @throws CodedError `unusable-file`
   */
  static async open(file?: string): Promise<EventLog> {
    const log = new EventLog(file);
    await log.#append([]);
    return log;
  }

  list(): readonly PutEvent[] {
    return this.#last;
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.#last = [];
  }

  /** @throws CodedError `unusable-file`; nothing is kept then. */
  async add(put: readonly PutEvent[]): Promise<void> {
    await this.#append(put);
    this.#last = [...this.#last, ...put].slice(-kept);
  }

  async #append(put: readonly PutEvent[]): Promise<void> {
    if (this.#file === undefined) return;
    const lines = put.map(({ event }) => `${JSON.stringify(event)}\n`).join('');
    try {
      await appendFile(this.#file, lines, { mode: 0o600 });
    } catch (error) {
      throw new CodedError('unusable-file', `${this.#file}: cannot be written`, { cause: error });
    }
  }
}
