import type { RoomServiceClient } from 'livekit-server-sdk';
import { hasHungUp, isSipParticipant } from './caller.ts';

/** Whether a caller is in the room and has not hung up: this one, or any. A room that cannot be asked about has none. */
export async function isCallerThere(
  rooms: RoomServiceClient,
  room: string,
  identity?: string,
): Promise<boolean> {
  const present = await rooms.listParticipants(room).catch(() => []);
  return present.some(
    (one) =>
      isSipParticipant(one) && (identity === undefined || one.identity === identity) && !hasHungUp(one),
  );
}
