import { isCodedError } from '@vestibule/core';
import { RecordError } from '../errors.ts';
import type { Lease, LogStore } from '../store/store.ts';
import type { Entry, SealedEntry } from './entries.ts';

export interface CatchUp {
  store: LogStore;
  lease: Lease;
  /** The writer's own log. It may grow while this is at work. */
  entries: readonly Entry[];
  seal: (entry: Entry) => SealedEntry;
  /** The store holds the first `size` of `entries`. */
  onHeld: (size: number) => void;
}

/** How many entries are on their way at once. */
const batch = 64;

/**
 * Appends what the store lacks of `entries`, in order, until it holds them all.
 * @throws RecordError `fork` when the store holds what is not in `entries`; `fenced`, `unreachable`: try again.
 */
export async function catchUp({ store, lease, entries, seal, onHeld }: CatchUp): Promise<void> {
  let held = await heldOf(store, lease, entries);
  onHeld(held);
  while (held < entries.length) {
    const missing = entries.slice(held, held + batch);
    const sent = await Promise.allSettled(missing.map((entry) => store.append(lease, seal(entry))));
    const refused = sent.findIndex(({ status }) => status === 'rejected');
    let now = refused < 0 ? held + sent.length : held + refused;
    if (refused >= 0) {
      const error: unknown = (sent[refused] as PromiseRejectedResult).reason;
      // What was under way when the store was lost may arrive as late as this, and is one of ours.
      if (isCodedError(error, 'fork')) now = await heldOf(store, lease, entries);
      if (now <= held || !isCodedError(error, 'fork')) throw error;
    }
    held = now;
    onHeld(held);
  }
}

/** How many entries the store holds, all of them ours. @throws RecordError `fork` */
async function heldOf(store: LogStore, { callId }: Lease, entries: readonly Entry[]): Promise<number> {
  const held = await store.read(callId);
  const strange = held.findIndex(({ hash }, seq) => hash !== entries[seq]?.hash);
  if (strange >= 0) throw new RecordError('fork', `entry ${strange} in the log store is not this writer's`);
  return held.length;
}
