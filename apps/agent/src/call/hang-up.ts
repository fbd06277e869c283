import type { Room } from '@livekit/rtc-node';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { describeError, type Logger } from '@vestibule/core';

/** Deletes the room, which makes LiveKit SIP send BYE. A room that is gone already is what was wanted. */
export async function hangUp(rooms: RoomServiceClient, room: string, logger: Logger): Promise<void> {
  try {
    await rooms.deleteRoom(room);
  } catch (error) {
    if ((error as { code?: string }).code !== 'not_found')
      logger.warn('room not deleted', describeError(error));
  }
}

/**
 * Removes every other agent from the room: SIP mixes all tracks, and two voices must never be heard. One that a server which was
 * restarted still lists, and that nobody answers for, is not there.
 */
export async function removeOtherAgents(rooms: RoomServiceClient, room: string, own: string): Promise<void> {
  const participants = await rooms.listParticipants(room);
  const others = participants.map(({ identity }) => identity).filter((one) => isOtherAgent(one, own));
  await removeAll(rooms, room, others, ['not_found', 'unavailable']);
}

/** As above, of those who are in the room as whoever joined it sees it. */
export async function removePresentAgents(rooms: RoomServiceClient, room: Room, own: string): Promise<void> {
  const others = [...room.remoteParticipants.keys()].filter((one) => isOtherAgent(one, own));
  await removeAll(rooms, room.name ?? '', others, ['not_found']);
}

async function removeAll(
  rooms: RoomServiceClient,
  room: string,
  identities: readonly string[],
  harmless: readonly string[],
): Promise<void> {
  await Promise.all(
    identities.map((identity) =>
      rooms.removeParticipant(room, identity).catch((error: unknown) => {
        if (!harmless.includes((error as { code?: string }).code ?? '')) throw error;
      }),
    ),
  );
}

const isOtherAgent = (identity: string, own: string) => identity.startsWith(agentPrefix) && identity !== own;

export const agentPrefix = 'agent_';
