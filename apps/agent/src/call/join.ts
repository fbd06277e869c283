import { newId } from '@vestibule/core';
import { agentToken } from './agent-token.ts';
import type { CallDependencies } from './dependencies.ts';
import { agentPrefix, removeOtherAgents, removePresentAgents } from './hang-up.ts';
import type { VoiceLine } from './voice-line.ts';

/** Joins the call's room under a fresh identity, as a worker that regained its lease has been there before; `resumed`: in place of another agent. */
export async function joinRoom(
  { livekit, rooms }: Pick<CallDependencies, 'livekit' | 'rooms'>,
  line: VoiceLine,
  { room, worker, resumed }: { room: string; worker: string; resumed: boolean },
): Promise<void> {
  const identity = newId(`${agentPrefix}${worker}`);
  await Promise.all([
    line.join(livekit.url, await agentToken(livekit, room, identity)),
    resumed ? removeOtherAgents(rooms, room, identity) : undefined,
  ]);
  if (resumed) await removePresentAgents(rooms, line.room, identity);
}
