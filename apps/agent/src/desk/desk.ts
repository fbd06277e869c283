import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Lease, LogStore } from '@vestibule/record';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { callFacts, type CallFacts, hasHungUp, isSipParticipant } from '../call/caller.ts';
import { leaseMs } from './lease-keeper.ts';
import { StaffRooms } from './staff-rooms.ts';
import { StoreWatch } from './store-watch.ts';
import { Tenure } from './tenure.ts';
import type { WaitingCalls } from './waiting-calls.ts';

/** What became of a call: `open` is for any worker to take over or to seal, `handed-over` for another to go on with at once. */
export type CallOutcome = 'sealed' | 'open' | 'handed-over';
/** The whole life of one claimed call. */
export type RunCall = (tenure: Tenure, facts: CallFacts) => Promise<CallOutcome>;
/** Ends and seals a call whose caller is gone and whose worker left it so. */
export type FinishOrphan = (lease: Lease) => Promise<CallOutcome>;

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
  readonly #calls = new Map<string, { tenure: Tenure; running: Promise<void> }>();
  readonly #store: StoreWatch;
  readonly #withStaff: StaffRooms;
  readonly #stop = new AbortController();
  #freed: () => void = () => {};

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#store = new StoreWatch(options.clock);
    this.#withStaff = new StaffRooms(options);
  }

  get status(): { calls: number; draining: boolean } {
    return { calls: this.#calls.size, draining: this.#stop.signal.aborted };
  }

  /** Aborted once no new calls are taken. */
  get draining(): AbortSignal {
    return this.#stop.signal;
  }

  async run(): Promise<void> {
    await Promise.all([this.#claimLoop(), this.#sweepLoop(), this.#reconcileLoop()]);
  }

  /** Takes no new calls; resolves when those held are done. What is not done after `limitMs` is left to other workers. */
  async drain(limitMs = Infinity): Promise<void> {
    this.#stop.abort();
    this.#freed();
    const done = Promise.allSettled([...this.#calls.values()].map(({ running }) => running));
    if (limitMs === Infinity) return void (await done);
    const limit = new AbortController();
    void done.then(() => limit.abort());
    await this.#options.clock.sleep(limitMs, limit.signal);
    for (const { tenure } of this.#calls.values()) tenure.askForHandOver();
    await done;
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
        // A call-back may have taken the last place meanwhile.
        if (this.#calls.size >= capacity || !(await this.#mayClaim())) await waiting.add(room, clock.now());
        else await this.#claim(room);
      } catch (error) {
        logger.warn('claiming failed', describeError(error));
        await clock.sleep(500, this.#stop.signal);
      }
    }
  }

  /** After the store was out of reach, the owners of its calls come first. @returns whether calls are still wanted then. */
  async #mayClaim(): Promise<boolean> {
    const { signal } = this.#stop;
    while (!this.#store.isSteady && !signal.aborted) await this.#options.clock.sleep(sweepMs, signal);
    return !signal.aborted;
  }

  async #claim(room: string): Promise<void> {
    const facts = await this.#factsOf(room);
    if (!facts || (await this.#withStaff.list()).has(room)) return;
    await this.#hold(facts.callId, room, (tenure) => this.#options.runCall(tenure, facts));
  }

  /**
   * Begins a call that nobody called in, where there is room for it and nobody waits: one place is kept for callers by a worker that has several.
   * @returns whether it was begun; not when another worker holds it
   */
  async begin(callId: string, room: string, run: (tenure: Tenure) => Promise<CallOutcome>): Promise<boolean> {
    return (await this.hasRoomForOwn()) && (await this.#hold(callId, room, run));
  }

  /** Whether this worker may begin a call of its own now. @throws RecordError `unreachable` */
  async hasRoomForOwn(): Promise<boolean> {
    const { capacity, waiting } = this.#options;
    const isFree = this.#calls.size < Math.max(1, capacity - 1);
    return isFree && !this.#stop.signal.aborted && this.#store.isSteady && (await waiting.count()) === 0;
  }

  /** @returns whether the call is this worker's now. */
  async #hold(callId: string, room: string, run: (tenure: Tenure) => Promise<CallOutcome>): Promise<boolean> {
    const { store, waiting, worker, clock, logger } = this.#options;
    if (this.#calls.has(callId)) return false;
    const claimedAt = clock.monotonic();
    const lease = await store.claim(callId, worker, leaseMs);
    if (!lease) return false;
    const onRenewed = () => void waiting.hold(room, leaseMs).catch(() => {});
    onRenewed();
    const tenure = new Tenure(lease, claimedAt, { store, clock, logger, onRenewed });
    await waiting.opened(callId, room);
    logger.info('call claimed', { callId, fence: lease.fence });
    const running = this.#run(tenure, () => run(tenure)).then(async (outcome) => {
      await waiting.letGo(room).catch(() => {});
      this.#calls.delete(callId);
      if (outcome === 'handed-over') await this.onCall(room);
      this.#freed();
    });
    this.#calls.set(callId, { tenure, running });
    return true;
  }

  /** Lets the call run its course, gives up its lease, and takes it off the list when it is sealed. Never rejects. */
  async #run(tenure: Tenure, course: () => Promise<CallOutcome>): Promise<CallOutcome> {
    const { waiting, logger } = this.#options;
    const { callId } = tenure;
    let outcome: CallOutcome = 'open';
    try {
      outcome = await course();
      if (outcome === 'sealed') await waiting.sealed(callId);
    } catch (error) {
      logger.error('call failed', { callId, ...describeError(error), ...stackOf(error) });
    }
    await tenure.end();
    return outcome;
  }

  async #sweepLoop(): Promise<void> {
    const { waiting, clock, logger } = this.#options;
    let isFailing = false;
    while (!this.#stop.signal.aborted) {
      try {
        if (!this.#store.isResting) await this.#store.contact(() => waiting.sweep());
        if (isFailing) logger.info('log store is back');
        isFailing = false;
      } catch (error) {
        if (!isFailing) logger.warn('log store out of reach', describeError(error));
        isFailing = true;
      }
      await clock.sleep(sweepMs, this.#stop.signal);
    }
  }

  async #reconcileLoop(): Promise<void> {
    const { rooms, store, clock, logger } = this.#options;
    let isFailing = false;
    while (!this.#stop.signal.aborted) {
      try {
        const present = new Set<string>();
        const withStaff = await this.#withStaff.list();
        for (const { name } of await rooms.listRooms()) {
          const facts = await this.#factsOf(name);
          if (facts) present.add(facts.callId);
          if (withStaff.has(name)) await this.#withStaff.look(name);
          else if (facts && (await store.holder(facts.callId)) === undefined) await this.onCall(name);
        }
        if (this.#store.isSteady) await this.#finishOrphans(present);
        isFailing = false;
      } catch (error) {
        if (!isFailing) logger.warn('reconciling failed', describeError(error));
        isFailing = true;
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
      const tenure = new Tenure(lease, claimedAt, { store, clock, logger, onRenewed: () => {} });
      await this.#run(tenure, () => finishOrphan(lease));
    }
  }

  /** The caller in a room, if there is one and they have not hung up. */
  async #factsOf(room: string): Promise<CallFacts | undefined> {
    const participants = await this.#options.rooms.listParticipants(room).catch(() => []);
    const caller = participants.find(isSipParticipant);
    if (!caller || hasHungUp(caller)) return undefined;
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
