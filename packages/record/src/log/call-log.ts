import { randomBytes } from 'node:crypto';
import { type Clock, isCodedError, systemClock } from '@vestibule/core';
import { MerkleFrontier } from '../merkle/tree.ts';
import type { CallKey, CallKeys } from '../payload/call-keys.ts';
import type { Lease, LogStore } from '../store/store.ts';
import { RecordError } from '../errors.ts';
import { catchUp } from './catch-up.ts';
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
 * The writer's view of one call's log. Appends are chained here and sent at once, in order, without waiting for each other.
 *
 * When the store is out of reach the log is **suspended**: appends are still chained, none is sent, and all stay pending until
 * `rejoin` has brought the store up to date or `abandon` gives the log up. What the store refuses for good (`fenced`, a
 * fork) gives it up too: that append fails, and all after it.
 */
export class CallLog {
  readonly callId: string;
  readonly #store: LogStore;
  readonly #key: CallKey;
  readonly #clock: Clock;
  readonly #entries: Entry[] = [];
  readonly #durable = new MerkleFrontier();
  /** By seq: who waits for an entry to be durable. */
  readonly #pending = new Map<number, PromiseWithResolvers<Receipt>>();
  readonly #sending = new Set<Promise<void>>();
  #lease: Lease;
  #suspended = false;
  #suspensions = 0;
  #refused: Error | undefined;
  #rejoining: Promise<void> = Promise.resolve();

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

  /**
   * The same worker's log under a lease that it got anew: `previous` is given up, so that nothing which still waits for it has an effect,
   * and what the store lacks of it is appended. @throws as `rejoin`.
   */
  static async resume(previous: CallLog, lease: Lease): Promise<CallLog> {
    previous.abandon(new RecordError('fenced', 'the call goes on under another lease'));
    const log = new CallLog(previous.#store, lease, previous.#key, previous.#clock);
    log.#entries.push(...previous.#entries);
    for (const sent of previous.#sending) log.#sending.add(sent);
    await log.rejoin(lease);
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

  /** Nothing is sent until `rejoin`. */
  get suspended(): boolean {
    return this.#suspended;
  }

  /**
   * Resolves when the entry is durable, which may be after a `rejoin`.
   * @throws RecordError `fenced` or `fork`; what the log was abandoned with; ZodError on a misfit payload.
   */
  async append<Kind extends EntryKind>(kind: Kind, payload: Payload<Kind>): Promise<Receipt> {
    if (this.#refused) throw this.#refused;
    const place = {
      callId: this.callId,
      seq: this.#entries.length,
      at: new Date(this.#clock.now()).toISOString(),
      writer: this.#lease.worker,
      fence: this.#lease.fence,
      previous: this.head,
    };
    const salts = randomBytes(32).toString('hex');
    const entry = nextEntry(place, kind, payload, { outer: salts.slice(0, 32), inner: salts.slice(32) });
    this.#entries.push(entry);
    const waiting = Promise.withResolvers<Receipt>();
    this.#pending.set(place.seq, waiting);
    if (!this.#suspended) this.#send(entry);
    return waiting.promise;
  }

  /** Sends nothing more until `rejoin`: the lease may be over, or the store is out of reach. An append out of reach does the same. */
  suspend(): void {
    this.#suspended = true;
    this.#suspensions += 1;
  }

  /**
   * Goes on under `lease`, which this worker has renewed or claimed anew: the store must hold nothing that is not in this log;
   * what it lacks, acknowledged before or not, is appended again in order, and pending appends resolve. A log that was
   * suspended again meanwhile stays so.
   * @throws RecordError `unreachable` or `fenced`: the log stays suspended; `fork`: the log is given up; or what it was abandoned with.
   */
  rejoin(lease: Lease): Promise<void> {
    this.suspend();
    const rejoined = this.#rejoining.then(() => this.#catchUp(lease));
    this.#rejoining = rejoined.catch(() => {});
    return rejoined;
  }

  /** Gives the log up: pending appends, and all after them, fail with `error`. */
  abandon(error: Error): void {
    if (this.#refused) return;
    this.#refused = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #send(entry: Entry): void {
    const sent: Promise<void> = this.#store
      .append(this.#lease, sealEntry(this.#key.key, entry))
      .then(() => this.#acknowledge(entry.header.seq + 1))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#sending.delete(sent));
    this.#sending.add(sent);
  }

  /** The first `size` entries are durable: a chain's entry is not stored without those before it. */
  #acknowledge(size: number): void {
    for (let seq = this.#durable.size; seq < size; seq++) {
      const { hash } = this.#entries[seq]!;
      this.#durable.push(Buffer.from(hash, 'hex'));
      this.#pending.get(seq)?.resolve({ callId: this.callId, seq, hash });
      this.#pending.delete(seq);
    }
  }

  #failed(error: unknown): void {
    if (isCodedError(error, 'unreachable')) return this.suspend();
    // Sent before it was suspended: `rejoin` finds out what became of it.
    if (this.#suspended) return;
    // A store that went back to an older state refuses as if somebody else had written.
    if (isCodedError(error, 'fork')) return void this.rejoin(this.#lease).catch(() => {});
    this.abandon(error instanceof Error ? error : new Error('append failed', { cause: error }));
  }

  async #catchUp(lease: Lease): Promise<void> {
    const suspensions = this.#suspensions;
    await Promise.all(this.#sending);
    if (this.#refused) throw this.#refused;
    this.#lease = lease;
    try {
      await keepSameKey(this.#store, lease, this.#key);
      await catchUp({
        store: this.#store,
        lease,
        entries: this.#entries,
        seal: (entry) => sealEntry(this.#key.key, entry),
        onHeld: (size) => this.#acknowledge(size),
      });
    } catch (error) {
      if (isCodedError(error, 'fork', 'corrupt')) this.abandon(error);
      throw error;
    }
    if (this.#suspensions === suspensions) this.#suspended = false;
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

/** A store that went back to an older state may lack the key, or have got another one since. @throws RecordError */
async function keepSameKey(store: LogStore, lease: Lease, { wrapped }: CallKey): Promise<void> {
  await store.keepKey(lease, wrapped);
  if ((await store.wrappedKey(lease.callId)) !== wrapped)
    throw new RecordError('fork', 'the call has another key in the log store');
}
