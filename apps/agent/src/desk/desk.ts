import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Lease, LogStore } from '@vestibule/record';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { callFacts, type CallFacts, isSipParticipant } from '../call/caller.ts';
import { LeaseKeeper, leaseMs } from './lease-keeper.ts';
import type { WaitingCalls } from './waiting-calls.ts';

/**
 * The whole life of one claimed call; `lost` resolves when the worker must fall silent. Resolves to whether the call is
 * sealed.
 */
export type RunCall = (lease: Lease, facts: CallFacts, lost: Promise<void>) => Promise<boolean>;
/** Ends and seals a call whose caller is gone and whose worker left it so. */
export type FinishOrphan = (lease: Lease) => Promise<boolean>;

export interface DeskOptions {
  worker: string;
  capacity: number;
  store: LogStore;
  waiting: WaitingCalls;
  rooms: RoomServiceClient;
  clock: Clock;
  logger: Logger;
  runCall: RunCall;
  finishOrphan: FinishOrphan;
}

const reconcileMs = 2000;
/** How often calls are looked for whose worker did not renew its lease, ms. */
const sweepMs = 50;

/**
 * Claims waiting calls while there is room for them. Webhooks and the sweep of leases make it quick; the poll makes it sure: a
 * webhook that was lost, or a worker that died between claim and first renewal, is found there.
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
    await Promise.all([this.#claimLoop(), this.#sweepLoop(), this.#reconcileLoop()]);
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
    const { store, waiting, worker, clock, runCall, logger } = this.#options;
    const facts = await this.#factsOf(room);
    if (!facts || this.#calls.has(facts.callId)) return;
    const { callId } = facts;
    const claimedAt = clock.monotonic();
    const lease = await store.claim(callId, worker, leaseMs);
    if (!lease) return;
    const hold = () => void waiting.hold(room, leaseMs).catch(() => {});
    hold();
    await waiting.opened(callId, room);
    logger.info('call claimed', { callId, fence: lease.fence });
    const running = this.#keep(lease, claimedAt, hold, (lost) => runCall(lease, facts, lost))
      .then(() => waiting.letGo(room).catch(() => {}))
      .finally(() => {
        this.#calls.delete(callId);
        this.#freed();
      });
    this.#calls.set(callId, running);
  }

  /** Keeps the lease while `run` is at work, and takes the call off the list when it is sealed. */
  async #keep(
    lease: Lease,
    claimedAt: number,
    onRenewed: () => void,
    run: (lost: Promise<void>) => Promise<boolean>,
  ): Promise<void> {
    const { store, waiting, clock, logger } = this.#options;
    const { callId } = lease;
    const keeper = new LeaseKeeper(store, lease, claimedAt, clock, onRenewed);
    try {
      if (await run(keeper.lost)) await waiting.sealed(callId);
    } catch (error) {
      logger.error('call failed', { callId, ...describeError(error), ...stackOf(error) });
    }
    keeper.stop();
    await store.release(lease).catch(() => {});
  }

  async #sweepLoop(): Promise<void> {
    const { waiting, clock, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      await waiting.sweep().catch((error: unknown) => logger.warn('sweep failed', describeError(error)));
      await clock.sleep(sweepMs, this.#stop.signal);
    }
  }

  async #reconcileLoop(): Promise<void> {
    const { rooms, store, clock, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      try {
        const present = new Set<string>();
        for (const { name } of await rooms.listRooms()) {
          const facts = await this.#factsOf(name);
          if (facts) present.add(facts.callId);
          if (facts && (await store.holder(facts.callId)) === undefined) await this.onCall(name);
        }
        await this.#finishOrphans(present);
      } catch (error) {
        logger.warn('reconciling failed', describeError(error));
      }
      await clock.sleep(reconcileMs, this.#stop.signal);
    }
  }

  /** Calls that are not sealed, whose caller is gone and which nobody holds: one after the other. */
  async #finishOrphans(present: ReadonlySet<string>): Promise<void> {
    const { store, waiting, worker, clock, finishOrphan, logger } = this.#options;
    for (const [callId] of await waiting.openCalls()) {
      if (present.has(callId) || this.#calls.has(callId) || this.#stop.signal.aborted) continue;
      const claimedAt = clock.monotonic();
      const lease = await store.claim(callId, worker, leaseMs);
      if (!lease) continue;
      logger.info('orphan claimed', { callId, fence: lease.fence });
      await this.#keep(
        lease,
        claimedAt,
        () => {},
        () => finishOrphan(lease),
      );
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
