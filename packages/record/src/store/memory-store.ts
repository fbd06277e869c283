import { type Clock, systemClock } from '@vestibule/core';
import { genesis } from '../log/chain.ts';
import type { SealedEntry } from '../log/entries.ts';
import { RecordError } from '../errors.ts';
import { holderOf, type Lease, leaseToken, type LogStore } from './store.ts';

interface Call {
  entries: SealedEntry[];
  fence: number;
  key?: string;
  lease?: { token: string; until: number };
  forgetAt?: number;
}

/** For tests and rehearsals: a log in this process's memory. */
export class MemoryLogStore implements LogStore {
  readonly #calls = new Map<string, Call>();
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async claim(callId: string, worker: string, ttlMs: number): Promise<Lease | undefined> {
    const call = this.#call(callId);
    if (call.lease && call.lease.until > this.#clock.monotonic()) return undefined;
    const lease = { callId, worker, fence: ++call.fence };
    call.lease = { token: leaseToken(lease), until: this.#clock.monotonic() + ttlMs };
    return lease;
  }

  async renew(lease: Lease, ttlMs: number): Promise<void> {
    this.#held(lease).lease = { token: leaseToken(lease), until: this.#clock.monotonic() + ttlMs };
  }

  async release(lease: Lease): Promise<void> {
    const call = this.#call(lease.callId);
    if (call.lease?.token === leaseToken(lease)) delete call.lease;
  }

  async holder(callId: string): Promise<string | undefined> {
    const { lease } = this.#call(callId);
    return lease && lease.until > this.#clock.monotonic() ? holderOf(lease.token) : undefined;
  }

  async append(lease: Lease, entry: SealedEntry): Promise<void> {
    const { entries } = this.#held(lease);
    const head = entries.at(-1)?.hash ?? genesis;
    if (entry.header.previous !== head) throw new RecordError('fork', 'the log has another head');
    entries.push(structuredClone(entry));
  }

  async read(callId: string, from = 0): Promise<SealedEntry[]> {
    return structuredClone(this.#call(callId).entries.slice(from));
  }

  async wrappedKey(callId: string): Promise<string | undefined> {
    return this.#call(callId).key;
  }

  async keepKey(lease: Lease, wrapped: string): Promise<void> {
    this.#held(lease).key ??= wrapped;
  }

  async dropKey(callId: string): Promise<void> {
    delete this.#call(callId).key;
  }

  async expire(callId: string, graceMs: number): Promise<void> {
    this.#call(callId).forgetAt = this.#clock.monotonic() + graceMs;
  }

  async close(): Promise<void> {}

  #call(callId: string): Call {
    const known = this.#calls.get(callId);
    if (known && (known.forgetAt ?? Infinity) > this.#clock.monotonic()) return known;
    const call: Call = { entries: [], fence: known?.fence ?? 0 };
    this.#calls.set(callId, call);
    return call;
  }

  #held(lease: Lease): Call {
    const call = this.#call(lease.callId);
    if (call.lease?.token !== leaseToken(lease) || call.lease.until <= this.#clock.monotonic()) {
      throw new RecordError('fenced', 'the lease is lost');
    }
    return call;
  }
}
