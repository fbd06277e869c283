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

/** Removes every other agent from the room: SIP mixes all tracks, and two voices must never be heard. */
export async function removeOtherAgents(rooms: RoomServiceClient, room: string, own: string): Promise<void> {
  const participants = await rooms.listParticipants(room);
  const others = participants.filter(({ identity }) => identity.startsWith(agentPrefix) && identity !== own);
  await Promise.all(others.map(({ identity }) => rooms.removeParticipant(room, identity)));
}

export const agentPrefix = 'agent_';
