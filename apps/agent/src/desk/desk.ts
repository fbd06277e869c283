import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Lease, LogStore } from '@vestibule/record';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { callFacts, type CallFacts, isSipParticipant } from '../call/caller.ts';
import { LeaseKeeper, leaseMs } from './lease-keeper.ts';
import type { WaitingCalls } from './waiting-calls.ts';

/** The whole life of one claimed call; `lost` resolves when the worker must fall silent. */
export type RunCall = (lease: Lease, facts: CallFacts, lost: Promise<void>) => Promise<void>;

export interface DeskOptions {
  worker: string;
  capacity: number;
  store: LogStore;
  waiting: WaitingCalls;
  rooms: RoomServiceClient;
  clock: Clock;
  logger: Logger;
  runCall: RunCall;
}

const reconcileMs = 2000;

/**
 * Claims waiting calls while there is room for them. Webhooks make it quick; the poll makes it sure: a webhook
 * that was lost, or a worker that died with its call, is found there.
 */
export class Desk {
  readonly #options: DeskOptions;
  readonly #calls = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #freed: () => void = () => {};

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  get status(): { calls: number; draining: boolean } {
    return { calls: this.#calls.size, draining: this.#stop.signal.aborted };
  }

  async run(): Promise<void> {
    await Promise.all([this.#claimLoop(), this.#reconcileLoop()]);
  }

  /** Takes no new calls; resolves when those held are done. */
  async drain(): Promise<void> {
    this.#stop.abort();
    this.#freed();
    await Promise.allSettled(this.#calls.values());
  }

  async onCall(room: string): Promise<void> {
    await this.#options.waiting.add(room, this.#options.clock.now());
  }

  async #claimLoop(): Promise<void> {
    const { waiting, capacity, logger, clock } = this.#options;
    while (!this.#stop.signal.aborted) {
      if (this.#calls.size >= capacity) {
        await new Promise<void>((resolve) => (this.#freed = resolve));
        continue;
      }
      try {
        const room = await waiting.take(1);
        if (room === undefined) continue;
        if (this.#stop.signal.aborted) await waiting.add(room, clock.now());
        else await this.#claim(room);
      } catch (error) {
        logger.warn('claiming failed', describeError(error));
        await clock.sleep(500, this.#stop.signal);
      }
    }
  }

  async #claim(room: string): Promise<void> {
    const { store, worker, clock, runCall, logger } = this.#options;
    const facts = await this.#factsOf(room);
    if (!facts || this.#calls.has(facts.callId)) return;
    const claimedAt = clock.monotonic();
    const lease = await store.claim(facts.callId, worker, leaseMs);
    if (!lease) return;
    const keeper = new LeaseKeeper(store, lease, claimedAt, clock);
    logger.info('call claimed', { callId: facts.callId, fence: lease.fence });
    const running = runCall(lease, facts, keeper.lost)
      .catch((error: unknown) =>
        logger.error('call failed', { callId: facts.callId, ...describeError(error), ...stackOf(error) }),
      )
      .then(() => keeper.stop())
      .then(() => store.release(lease).catch(() => {}))
      .finally(() => {
        this.#calls.delete(facts.callId);
        this.#freed();
      });
    this.#calls.set(facts.callId, running);
  }

  async #reconcileLoop(): Promise<void> {
    const { rooms, store, clock, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      try {
        for (const { name } of await rooms.listRooms()) {
          const facts = await this.#factsOf(name);
          if (facts && (await store.holder(facts.callId)) === undefined) await this.onCall(name);
        }
      } catch (error) {
        logger.warn('reconciling failed', describeError(error));
      }
      await clock.sleep(reconcileMs, this.#stop.signal);
    }
  }

  /** The caller in a room, if there is one and they have not hung up. */
  async #factsOf(room: string): Promise<CallFacts | undefined> {
    const participants = await this.#options.rooms.listParticipants(room).catch(() => []);
    const caller = participants.find(isSipParticipant);
    if (!caller || caller.attributes['sip.callStatus'] === 'hangup') return undefined;
    return callFacts(room, caller);
  }
}

/** Where, without what: a stack's first line is the message, which may hold a caller's words. */
const stackOf = (error: unknown) =>
  error instanceof Error
    ? {
        at: error.stack
          ?.split('\n')
          .slice(1, 4)
          .map((line) => line.trim()),
      }
    : {};
