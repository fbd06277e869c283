import { DisconnectReason, type Room, RoomEvent } from '@livekit/rtc-node';
import type { Clock } from '@vestibule/core';

export interface PresenceOptions {
  clock: Clock;
  /** The caller's identity in the room. */
  caller: string;
  /** Aborted once the worker has left the room itself. */
  left: AbortSignal;
  /** Neither side hears the other. */
  onAway: () => void;
  /** They do again, after a silence that was noticed. */
  onBack: () => void;
  /** The room, or the caller's participant in it, is gone without anybody's doing. */
  onLost: () => void;
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
/** A silence that passes for thinking, ms. */
const unnoticedMs = 2000;

/** Whether worker and caller are connected to each other, through restarts of LiveKit Server and losses of LiveKit SIP. */
export class Presence {
  readonly #options: PresenceOptions;
  #awaySince: number | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  get isAway(): boolean {
    return this.#awaySince !== undefined;
  }

  watch(room: Room): void {
    const { caller, clock, left, onLost } = this.#options;
    const isCallerThere = () => room.remoteParticipants.has(caller);
    const isBack = () => {
      if (room.isConnected && isCallerThere()) this.#back();
    };
    room.on(RoomEvent.Disconnected, (reason) => {
      if (!left.aborted && !removals.includes(reason)) onLost();
    });
    room.on(RoomEvent.Reconnecting, () => this.#away());
    room.on(RoomEvent.Reconnected, isBack);
    room.on(RoomEvent.ParticipantConnected, isBack);
    room.on(RoomEvent.ParticipantDisconnected, ({ identity, disconnectReason }) => {
      if (identity !== caller || removals.includes(disconnectReason ?? DisconnectReason.UNKNOWN_REASON))
        return;
      this.#away();
      void clock.sleep(returnMs, left).then(() => {
        if (!left.aborted && !isCallerThere()) onLost();
      });
    });
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
