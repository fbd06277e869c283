import type { SealedEntry } from '../log/entries.ts';
import { type Lease, leaseToken } from './store.ts';

/** Entries of one call, each of which follows the one before it. */
export type Run = [SealedEntry, ...SealedEntry[]];

interface OpenRun {
  lease: Lease;
  entries: Run;
  stored: PromiseWithResolvers<void>;
}

/** How many entries go to the store as one: it serves nobody else meanwhile. */
const atMost = 64;

/**
 * Gathers the appends to a call that are made in one tick, one entry following the other, so that they go to the store as one. What
 * the store says of a run holds for each of its entries: where one is refused, those after it have no predecessor.
 */
export class AppendRuns {
  readonly #send: (lease: Lease, run: Run) => Promise<void>;
  /** By call. */
  readonly #open = new Map<string, OpenRun>();

  constructor(send: (lease: Lease, run: Run) => Promise<void>) {
    this.#send = send;
  }

  /** Settles as the run does that the entry goes with. */
  append(lease: Lease, entry: SealedEntry): Promise<void> {
    const open = this.#open.get(lease.callId);
    if (open && follows(open, lease, entry)) {
      open.entries.push(entry);
      return open.stored.promise;
    }
    if (open) this.#close(open);
    const run: OpenRun = { lease, entries: [entry], stored: Promise.withResolvers() };
    this.#open.set(lease.callId, run);
    process.nextTick(() => this.#close(run));
    return run.stored.promise;
  }

  /** Sends what is gathered now, so that it comes before what is asked of the store next. */
  flush(): void {
    for (const run of this.#open.values()) this.#close(run);
  }

  #close(run: OpenRun): void {
    const { lease, entries, stored } = run;
    if (this.#open.get(lease.callId) !== run) return;
    this.#open.delete(lease.callId);
    this.#send(lease, entries).then(stored.resolve, stored.reject);
  }
}

function follows({ lease, entries }: OpenRun, by: Lease, { header }: SealedEntry): boolean {
  const last = entries.at(-1)!;
  return (
    entries.length < atMost &&
    leaseToken(by) === leaseToken(lease) &&
    header.previous === last.hash &&
    header.seq === last.header.seq + 1
  );
}
