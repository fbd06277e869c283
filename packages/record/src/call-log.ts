import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@vestibule/core';
import { genesis, nextEntry } from './chain.ts';
import type { EntryKind, Payload, StoredEntry } from './entries.ts';
import type { Lease, LogStore } from './store.ts';

/** Proof that an entry is durable. What has an effect takes one as an argument, so that it cannot come first. */
export interface Receipt {
  readonly callId: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * The writer's view of one call's log. Appends are chained here and sent at once, in order, without waiting for
 * each other; the first that the store refuses makes all after it fail too.
 */
export class CallLog {
  readonly callId: string;
  readonly #store: LogStore;
  readonly #lease: Lease;
  readonly #clock: Clock;
  readonly #entries: StoredEntry[];
  #refused: Promise<never> | undefined;

  private constructor(store: LogStore, lease: Lease, entries: StoredEntry[], clock: Clock) {
    this.callId = lease.callId;
    this.#store = store;
    this.#lease = lease;
    this.#entries = entries;
    this.#clock = clock;
  }

  /** Reads what is there already (after a take-over) and goes on from its head. */
  static async open(store: LogStore, lease: Lease, clock: Clock = systemClock): Promise<CallLog> {
    return new CallLog(store, lease, await store.read(lease.callId), clock);
  }

  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  get head(): string {
    return this.#entries.at(-1)?.hash ?? genesis;
  }

  /** Resolves when the entry is durable. @throws RecordError `fenced` or `fork`; ZodError on a misfit payload. */
  async append<Kind extends EntryKind>(kind: Kind, payload: Payload<Kind>): Promise<Receipt> {
    if (this.#refused) return this.#refused;
    const { callId } = this;
    const place = {
      callId,
      seq: this.#entries.length,
      at: new Date(this.#clock.now()).toISOString(),
      writer: this.#lease.worker,
      previous: this.head,
    };
    const entry = nextEntry(place, kind, payload, randomBytes(16).toString('hex'));
    this.#entries.push(entry);
    try {
      await this.#store.append(this.#lease, entry);
    } catch (error) {
      this.#refused ??= Promise.reject(error instanceof Error ? error : new Error('append failed'));
      this.#refused.catch(() => {}); // seen by the next append
      throw error;
    }
    return { callId, seq: entry.header.seq, hash: entry.hash };
  }
}
