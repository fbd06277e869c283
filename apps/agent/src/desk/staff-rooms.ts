import type { Clock, Logger } from '@vestibule/core';
import type { ParticipantInfo, RoomServiceClient } from 'livekit-server-sdk';
import { hasHungUp, isSipParticipant, isStaff } from '../call/caller.ts';
import { hangUp } from '../call/hang-up.ts';
import type { WaitingCalls } from './waiting-calls.ts';

export interface StaffRoomsOptions {
  waiting: Pick<WaitingCalls, 'withStaff' | 'staffDone'>;
  rooms: RoomServiceClient;
  clock: Clock;
  logger: Logger;
}

/** Whoever is lost with a LiveKit Server that is restarted is back by then, ms. */
const returnMs = 3000;

/** Rooms that agents have left to caller and staff: nobody claims them, and when one of the two has hung up so does the other. */
export class StaffRooms {
  readonly #options: StaffRoomsOptions;
  /** Since when one of the two is missed, by room. */
  readonly #missed = new Map<string, number>();

  constructor(options: StaffRoomsOptions) {
    this.#options = options;
  }

  /** @throws RecordError `unreachable` */
  list(): Promise<ReadonlySet<string>> {
    return this.#options.waiting.withStaff(this.#options.clock.now());
  }

  /** Ends the call there when one of the two has been gone for a while. */
  async look(room: string): Promise<void> {
    const { clock, logger, rooms, waiting } = this.#options;
    const participants = await rooms.listParticipants(room);
    const isThere = (is: (who: ParticipantInfo) => boolean) =>
      participants.some((who) => is(who) && !hasHungUp(who));
    if (isThere(isSipParticipant) && isThere(isStaff)) return void this.#missed.delete(room);
    const since = this.#missed.get(room) ?? clock.monotonic();
    this.#missed.set(room, since);
    if (clock.monotonic() - since < returnMs) return;
    this.#missed.delete(room);
    await hangUp(rooms, room, logger);
    await waiting.staffDone(room);
    logger.info('caller and staff are done');
  }
}
