import { DisconnectReason, type Room, RoomEvent } from '@livekit/rtc-node';
import type { Clock } from '@vestibule/core';

export interface PresenceOptions {
  clock: Clock;
  /** The caller's identity in the room. */
  caller: string;
  /** Whether LiveKit Server lists this worker in the room. */
  isListed: () => Promise<boolean>;
  /** Aborted once the worker has left the room itself. */
  left: AbortSignal;
  /** Neither side hears the other. */
  onAway: () => void;
  /** They do again, after a silence that was noticed. */
  onBack: () => void;
  /** LiveKit Server was lost, and with it the room or the caller's participant. */
  onLost: () => void;
  /** LiveKit SIP was lost: the caller's participant is gone without having left, from a room that was there all the time. */
  onGone: () => void;
}

/** Somebody's decision; for any other reason the connection was lost. */
const removals = [
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.DUPLICATE_IDENTITY,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];
/** A caller's participant that was lost may come back to this very room, ms. */
const returnMs = 5000;
/** A connection that is not back by then is made anew, ms: resuming waits for the server that is gone, joining finds the new one. */
const reconnectMs = 6000;
/** A server that was restarted knows by then who is in a room, ms. */
const listedMs = 2000;
/** A silence that passes for thinking, ms. */
const unnoticedMs = 2000;
/** A participant that is lost so soon after LiveKit Server was away is lost with it, ms: it takes 20 s to notice. */
const aftermathMs = 30_000;

/** A room that is gone lists nobody; a server that does not answer says nothing. */
const isElse = (error: unknown) => (error as { code?: string }).code !== 'not_found';

/** Whether worker and caller are connected to each other, through restarts of LiveKit Server and losses of LiveKit SIP. */
export class Presence {
  readonly #options: PresenceOptions;
  #awaySince: number | undefined;
  #serverAwayAt = -Infinity;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  get isAway(): boolean {
    return this.#awaySince !== undefined;
  }

  /** Of a room that was just joined. */
  watch(room: Room): void {
    const { caller, clock, left, onLost } = this.#options;
    const isBack = () => {
      if (room.isConnected && room.remoteParticipants.has(caller)) this.#back();
    };
    room.on(RoomEvent.Disconnected, (reason) => {
      if (!left.aborted && !removals.includes(reason)) onLost();
    });
    let reconnecting = new AbortController();
    room.on(RoomEvent.Reconnecting, () => {
      this.#serverAwayAt = clock.monotonic();
      this.#away();
      reconnecting.abort();
      reconnecting = new AbortController();
      void this.#awaitConnection(reconnecting.signal);
    });
    room.on(RoomEvent.Reconnected, () => {
      reconnecting.abort();
      isBack();
      void this.#verify();
    });
    room.on(RoomEvent.ParticipantConnected, isBack);
    room.on(RoomEvent.ParticipantDisconnected, ({ identity, disconnectReason }) => {
      if (identity === caller && !removals.includes(disconnectReason ?? DisconnectReason.UNKNOWN_REASON))
        void this.#awaitReturn(room);
    });
    // A server that was restarted lists callers who are still to come back.
    if (!room.remoteParticipants.has(caller)) {
      this.#serverAwayAt = clock.monotonic();
      void this.#awaitReturn(room);
    }
  }

  async #awaitConnection(back: AbortSignal): Promise<void> {
    const { clock, left, onLost } = this.#options;
    await clock.sleep(reconnectMs, back);
    if (!back.aborted && !left.aborted) onLost();
  }

  /** The native library says "reconnected" now and then where a server that was restarted lists nobody. */
  async #verify(): Promise<void> {
    const { clock, isListed, left, onLost } = this.#options;
    await clock.sleep(listedMs, left);
    const isThere = left.aborted || (await isListed().catch(isElse));
    if (!isThere && !left.aborted) onLost();
  }

  async #awaitReturn(room: Room): Promise<void> {
    const { caller, clock, left, onLost, onGone } = this.#options;
    this.#away();
    await clock.sleep(returnMs, left);
    if (left.aborted || room.remoteParticipants.has(caller)) return;
    if (clock.monotonic() - this.#serverAwayAt < aftermathMs) onLost();
    else onGone();
  }

  #away(): void {
    this.#awaySince ??= this.#options.clock.monotonic();
    this.#options.onAway();
  }

  #back(): void {
    if (this.#awaySince === undefined) return;
    const awayMs = this.#options.clock.monotonic() - this.#awaySince;
    this.#awaySince = undefined;
    if (awayMs > unnoticedMs) this.#options.onBack();
  }
}
