import { type Clock, isCodedError } from '@vestibule/core';
import { audioLogId, CallLog, type Lease, type LogStore, RecordError } from '@vestibule/record';

/** A recorder that is silent for so long has lost its calls to another, ms. */
export const leaseMs = 5000;
const renewMs = 1000;

/** The right to record a call, kept up by `renew`. */
export class AudioLease {
  readonly #store: LogStore;
  readonly #clock: Clock;
  #lease: Lease;
  #renewedAt: number;
  #isBusy = false;

  private constructor(store: LogStore, lease: Lease, clock: Clock) {
    this.#store = store;
    this.#lease = lease;
    this.#clock = clock;
    this.#renewedAt = clock.monotonic();
  }

  /** @returns undefined when another recorder has it. @throws RecordError */
  static async claim(
    store: LogStore,
    callId: string,
    recorder: string,
    clock: Clock,
  ): Promise<AudioLease | undefined> {
    const lease = await store.claim(audioLogId(callId), recorder, leaseMs);
    return lease && new AudioLease(store, lease, clock);
  }

  get lease(): Lease {
    return this.#lease;
  }

  /**
   * To be called often. A lease that ran out while the store was out of reach is claimed again, and `log` goes on where it was.
   * @returns the log to go on with; undefined when the call is another recorder's now: what still waits for `log` fails.
   */
  async renew(log: CallLog): Promise<CallLog | undefined> {
    if (this.#isBusy || this.#clock.monotonic() - this.#renewedAt < renewMs) return log;
    this.#isBusy = true;
    try {
      await this.#store.renew(this.#lease, leaseMs);
      if (log.suspended) await log.rejoin(this.#lease);
      this.#renewedAt = this.#clock.monotonic();
      return log;
    } catch (error) {
      if (isCodedError(error, 'fenced')) return await this.#reclaim(log);
      return isCodedError(error, 'fork', 'corrupt') ? this.#giveUp(log) : log;
    } finally {
      this.#isBusy = false;
    }
  }

  async release(): Promise<void> {
    await this.#store.release(this.#lease);
  }

  async #reclaim(log: CallLog): Promise<CallLog | undefined> {
    try {
      const lease = await this.#store.claim(this.#lease.callId, this.#lease.worker, leaseMs);
      if (!lease) return this.#giveUp(log);
      this.#lease = lease;
      this.#renewedAt = this.#clock.monotonic();
      return await CallLog.resume(log, lease);
    } catch (error) {
      return isCodedError(error, 'unreachable') ? log : this.#giveUp(log);
    }
  }

  #giveUp(log: CallLog): undefined {
    log.abandon(new RecordError('fenced', 'another recorder has the call'));
  }
}
