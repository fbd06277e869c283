import { RecordError } from '../errors.ts';
import type { SealedEntry } from '../log/entries.ts';
import { MemoryLogStore } from '../store/memory-store.ts';
import type { Lease, LogStore } from '../store/store.ts';

/**
 * A log store that tests put out of reach (`down`) and fail over to a new primary that lacks something (`failOver`). In memory;
 * for what a real fail-over does see `store/fail-over.test.ts`.
 */
export class OutageStore implements LogStore {
  /** Out of reach: everything fails. `late`: an append is done all the same, and only its answer is lost. */
  down: boolean | 'late' = false;
  #primary: LogStore;

  constructor(primary: LogStore = new MemoryLogStore()) {
    this.#primary = primary;
  }

  /** A new primary, without any lease, which holds the first `size` entries of the call and, unless told otherwise, its key. */
  async failOver(callId: string, size: number, { key = true } = {}): Promise<void> {
    const old = this.#primary;
    const primary = new MemoryLogStore();
    const lease = await primary.claim(callId, 'replication', 1e9);
    if (!lease) throw new Error('a new store holds a lease');
    for (const entry of (await old.read(callId)).slice(0, size)) await primary.append(lease, entry);
    const wrapped = await old.wrappedKey(callId);
    if (key && wrapped !== undefined) await primary.keepKey(lease, wrapped);
    await primary.release(lease);
    this.#primary = primary;
    this.down = false;
  }

  claim = (callId: string, worker: string, ttlMs: number) =>
    this.#reach((store) => store.claim(callId, worker, ttlMs));
  renew = (lease: Lease, ttlMs: number) => this.#reach((store) => store.renew(lease, ttlMs));
  release = (lease: Lease) => this.#reach((store) => store.release(lease));
  holder = (callId: string) => this.#reach((store) => store.holder(callId));
  read = (callId: string, from?: number) => this.#reach((store) => store.read(callId, from));
  wrappedKey = (callId: string) => this.#reach((store) => store.wrappedKey(callId));
  keepKey = (lease: Lease, wrapped: string) => this.#reach((store) => store.keepKey(lease, wrapped));
  dropKey = (callId: string) => this.#reach((store) => store.dropKey(callId));
  expire = (callId: string, graceMs: number) => this.#reach((store) => store.expire(callId, graceMs));
  close = async () => {};

  async append(lease: Lease, entry: SealedEntry): Promise<void> {
    if (this.down === 'late') await this.#primary.append(lease, entry);
    await this.#reach((store) => store.append(lease, entry));
  }

  async #reach<Result>(ask: (store: LogStore) => Promise<Result>): Promise<Result> {
    if (this.down) throw new RecordError('unreachable', 'the log store is out of reach');
    return ask(this.#primary);
  }
}
