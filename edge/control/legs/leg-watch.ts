import { type Clock, describeError, isCodedError, type Logger } from '@vestibule/core';
import type { Dialog } from '@vestibule/edge-config';
import { type QueriedCall, readQuery } from '../forks/report.ts';
import type { NgClient } from '../ng/ng-client.ts';

export interface LegWatchOptions {
  ng: Pick<NgClient, 'ask'>;
  /** The edge's address towards the app tier: it tells the legs apart. */
  privateAddress: string;
  /** BYE to both sides of a call. */
  endCall: (dialog: Dialog) => Promise<void>;
  clock: Clock;
  logger: Logger;
}

/** LiveKit SIP sends RTP every 20 ms as long as a call is up, silence included. After this long without any it is dead, ms. */
const silentMs = 3000;
/** From one look to the next, ms. */
const lookMs = 1000;
/** A look that comes so late says nothing about what was in between, ms: this process, or RTPEngine, was away. */
const blindMs = 2000;
/** Calls that are watched: the list of 1,300 (Call-IDs of 45 characters) is the last that fits a UDP answer, and RTPEngine sends none that does not. */
const mostCalls = 1000;
/** Calls that are asked about at one time. */
const together = 32;

interface Seen {
  packets: number;
  /** ms, monotonic: since when there was nothing new. */
  since: number;
}

/**
 * Ends calls whose LiveKit SIP died: nobody else would tell the carrier. Its process may be back already and answer OPTIONS, without
 * knowing the call; its RTP is what gives it away. RTPEngine is asked, which sees every packet.
 */
export class LegWatch {
  readonly #options: LegWatchOptions;
  readonly #stop = new AbortController();
  #seen = new Map<string, Seen>();
  #lookedAt: number;
  #ended = 0;
  #isFull = false;

  constructor(options: LegWatchOptions) {
    this.#options = options;
    this.#lookedAt = options.clock.monotonic();
  }

  /** Looks until `stop`. */
  async run(): Promise<void> {
    const { clock, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      await clock.sleep(lookMs, this.#stop.signal);
      try {
        await this.#look();
      } catch (error) {
        this.#seen.clear();
        logger.debug('calls not watched', describeError(error));
      }
    }
  }

  /** Calls ended so far. */
  get ended(): number {
    return this.#ended;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #look(): Promise<void> {
    const { clock, ng } = this.#options;
    const now = clock.monotonic();
    if (now - this.#lookedAt > blindMs + lookMs) this.#seen.clear();
    this.#lookedAt = now;
    const { calls } = await ng.ask('list', { limit: mostCalls });
    const ids = (Array.isArray(calls) ? calls : []).map(String);
    this.#tellWhenFull(ids.length >= mostCalls);
    const seen = new Map<string, Seen>();
    for (let first = 0; first < ids.length; first += together)
      await Promise.all(ids.slice(first, first + together).map((id) => this.#lookAt(id, seen)));
    this.#seen = seen;
  }

  #tellWhenFull(isFull: boolean): void {
    if (isFull && !this.#isFull)
      this.#options.logger.warn('more calls than can be watched for a dead LiveKit SIP', {
        watched: mostCalls,
      });
    this.#isFull = isFull;
  }

  async #lookAt(callId: string, seen: Map<string, Seen>): Promise<void> {
    const call = await this.#query(callId);
    const packets = call?.legs.agent?.packets ?? 0;
    // Before its first packet it is not up yet.
    if (call === undefined || packets === 0 || this.#stop.signal.aborted) return;
    const now = this.#options.clock.monotonic();
    const before = this.#seen.get(callId);
    const since = before?.packets === packets ? before.since : now;
    if (now - since < silentMs) return void seen.set(callId, { packets, since });
    const { caller, agent } = call.tags;
    if (caller !== undefined && agent !== undefined) await this.#end({ callId, tags: [caller, agent] });
  }

  /** undefined for a call that just ended. */
  async #query(callId: string): Promise<QueriedCall | undefined> {
    const { ng, privateAddress } = this.#options;
    try {
      return readQuery(await ng.ask('query', { 'call-id': callId }), privateAddress);
    } catch (error) {
      if (isCodedError(error, 'ng-unknown-call')) return undefined;
      throw error;
    }
  }

  async #end(dialog: Dialog): Promise<void> {
    const { endCall, logger } = this.#options;
    try {
      await endCall(dialog);
      this.#ended += 1;
      logger.warn('call ended: no RTP from LiveKit SIP');
    } catch (error) {
      logger.warn('call not ended, though no RTP comes from LiveKit SIP', describeError(error));
    }
  }
}
