import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@vestibule/core';
import { MerkleFrontier } from '../merkle/tree.ts';
import type { CallKey, CallKeys } from '../payload/call-keys.ts';
import type { Lease, LogStore } from '../store/store.ts';
import { genesis, nextEntry } from './chain.ts';
import type { Entry, EntryKind, Payload } from './entries.ts';
import { openEntry, sealEntry } from './sealed-entry.ts';

/** Proof that an entry is durable. What has an effect takes one as an argument, so that it cannot come first. */
export interface Receipt {
  readonly callId: string;
  readonly seq: number;
  readonly hash: string;
}

/** What a checkpoint says of a live call: so many durable entries, with this root. */
export interface LogHead {
  size: number;
  root: string;
}

/**
 * The writer's view of one call's log. Appends are chained here and sent at once, in order, without waiting for
 * each other; the first that the store refuses makes all after it fail too.
 */
export class CallLog {
  readonly callId: string;
  readonly #store: LogStore;
  readonly #lease: Lease;
  readonly #key: CallKey;
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];
  readonly #durable = new MerkleFrontier();
  #refused: Promise<never> | undefined;

  private constructor(store: LogStore, lease: Lease, key: CallKey, clock: Clock) {
    this.callId = lease.callId;
    this.#store = store;
    this.#lease = lease;
    this.#key = key;
    this.#clock = clock;
  }

  /** Reads what is there already (after a take-over) and goes on from its head. @throws RecordError */
  static async open(
    store: LogStore,
    lease: Lease,
    keys: CallKeys,
    clock: Clock = systemClock,
  ): Promise<CallLog> {
    const log = new CallLog(store, lease, await keyOf(store, lease, keys), clock);
    for (const sealed of await store.read(lease.callId)) {
      log.#entries.push(openEntry(log.#key.key, sealed));
      log.#durable.push(Buffer.from(sealed.hash, 'hex'));
    }
    return log;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get head(): string {
    return this.#entries.at(-1)?.hash ?? genesis;
  }

  /** Of the entries that are durable. */
  get durable(): LogHead {
    return { size: this.#durable.size, root: this.#durable.root.toString('hex') };
  }

  get key(): CallKey {
    return this.#key;
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
      fence: this.#lease.fence,
      previous: this.head,
    };
    const salts = randomBytes(32).toString('hex');
    const entry = nextEntry(place, kind, payload, { outer: salts.slice(0, 32), inner: salts.slice(32) });
    this.#entries.push(entry);
    try {
      await this.#store.append(this.#lease, sealEntry(this.#key.key, entry));
    } catch (error) {
      this.#refused ??= Promise.reject(error instanceof Error ? error : new Error('append failed'));
      this.#refused.catch(() => {}); // seen by the next append
      throw error;
    }
    this.#durable.push(Buffer.from(entry.hash, 'hex'));
    return { callId, seq: entry.header.seq, hash: entry.hash };
  }
}

/** The call's key: made with the call, unwrapped by who takes it over. */
async function keyOf(store: LogStore, lease: Lease, keys: CallKeys): Promise<CallKey> {
  const { callId } = lease;
  const known = await store.wrappedKey(callId);
  if (known !== undefined) return { key: await keys.unwrap(callId, known), wrapped: known };
  const made = await keys.create(callId);
  await store.keepKey(lease, made.wrapped);
  return made;
}
