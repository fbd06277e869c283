import { canonicalJson, type Clock, describeError, type Logger } from '@vestibule/core';
import { type Archive, putObject } from '../archive/archive.ts';
import { genesis } from '../log/chain.ts';
import { leafHash, merkleRoot } from '../merkle/tree.ts';
import type { CheckpointStatement, Sighting, SignedCheckpoint } from '../signing/statements.ts';
import type { Signer } from '../signing/worker-key.ts';
import { checkpointKey } from './keys.ts';

export interface JournalOptions {
  archive: Archive;
  signer: Signer;
  clock: Clock;
  logger: Logger;
  /** The calls that the worker holds, as far as they are durable. */
  live: () => Iterable<Omit<Sighting, 'final'>>;
}

/** How often the calls of a worker are signed for, ms: what may be cut off from an unfinished log without being missed. */
export const checkpointMs = 3000;

/**
 * A worker's chain of checkpoints in the archive, under Object Lock: one signed root over all calls that it holds, every few
 * seconds, and the final roots of those that ended. All workers' journals together are the tenant's register.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #finals: Sighting[] = [];
  readonly #stop = new AbortController();
  #seq = 0;
  #previous = genesis;
  #last = '';
  #writing: Promise<void> = Promise.resolve();

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Signs until stopped, whenever something is new. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#options.clock.sleep(checkpointMs, this.#stop.signal);
      await this.checkpoint();
    }
  }

  /** Enters a call that ended; it is in the archive with the next checkpoint. */
  enter(final: Omit<Sighting, 'final'>): void {
    this.#finals.push({ ...final, final: true });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.checkpoint();
  }

  /** Signs for what is there now, after what is being written. What the archive refuses is signed for the next time. */
  checkpoint(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#checkpoint());
    return this.#writing;
  }

  async #checkpoint(): Promise<void> {
    const { live, clock, signer, archive, logger } = this.#options;
    const ended = this.#finals.length;
    const finals = this.#finals.slice(0, ended);
    const over = new Set(finals.map(({ callId }) => callId));
    const calls = [
      ...finals,
      ...[...live()]
        .filter(({ callId, size }) => size > 0 && !over.has(callId))
        .map((call) => ({ ...call, final: false })),
    ].sort((a, b) => (a.callId < b.callId ? -1 : 1));
    const content = canonicalJson(calls);
    if (calls.length === 0 || content === this.#last) return;
    const { tenant, worker } = signer.certificate.statement;
    const statement: CheckpointStatement = {
      type: 'vestibule/checkpoint/1',
      tenant,
      worker,
      seq: this.#seq,
      previous: this.#previous,
      at: new Date(clock.now()).toISOString(),
      size: calls.length,
      root: merkleRoot(sightingLeaves(calls)).toString('hex'),
    };
    const signed: SignedCheckpoint = {
      statement,
      signature: signer.sign(statement),
      certificate: signer.certificate,
      calls,
    };
    try {
      const lock = { lock: 'compliance' as const, retainUntil: archive.retainUntil(new Date(clock.now())) };
      await putObject(archive, checkpointKey(statement), JSON.stringify(signed), lock);
    } catch (error) {
      return logger.warn('checkpoint not written', describeError(error));
    }
    this.#seq += 1;
    this.#previous = leafHash(canonicalJson(statement)).toString('hex');
    this.#last = content;
    this.#finals.splice(0, ended);
  }
}

export function sightingLeaves(calls: readonly Sighting[]): Buffer[] {
  return calls.map((call) => leafHash(canonicalJson(call)));
}
