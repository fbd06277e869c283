import type { SealedEntry } from '../log/entries.ts';

/** The right to write a call's log: who holds it, and the fencing number that grew with each claim. */
export interface Lease {
  callId: string;
  worker: string;
  fence: number;
}

/**
 * Where live calls' logs are kept. Every implementation passes `store-contract.ts`. Every method settles in a time that the
 * implementation states, by RecordError `unreachable` when the store has not answered.
 */
export interface LogStore {
  /** Takes the lease when nobody holds it; undefined when somebody does. */
  claim(callId: string, worker: string, ttlMs: number): Promise<Lease | undefined>;
  /** @throws RecordError `fenced` when the lease is lost. */
  renew(lease: Lease, ttlMs: number): Promise<void>;
  release(lease: Lease): Promise<void>;
  /** The worker that holds the call now, if any does. */
  holder(callId: string): Promise<string | undefined>;
  /**
   * Appends in one step that checks lease and head; when it resolves the entry is durable.
   * @throws RecordError `fenced` or `fork`.
   */
  append(lease: Lease, entry: SealedEntry): Promise<void>;
  /** Entries with seq ≥ `from`, in order. Empty for a call nobody knows. */
  read(callId: string, from?: number): Promise<SealedEntry[]>;
  /** The call's wrapped key; undefined when it has none yet, or none any more. */
  wrappedKey(callId: string): Promise<string | undefined>;
  /** Keeps the key of a call that has none. @throws RecordError `fenced`. */
  keepKey(lease: Lease, wrapped: string): Promise<void>;
  /** Destroys the key in this store. */
  dropKey(callId: string): Promise<void>;
  /** Lets the store forget the call after `graceMs` (once it is sealed). */
  expire(callId: string, graceMs: number): Promise<void>;
  close(): Promise<void>;
}

export const leaseToken = (lease: Lease) => `${lease.worker}#${lease.fence}`;
export const holderOf = (token: string) => token.slice(0, token.lastIndexOf('#'));
