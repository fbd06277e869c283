import { voice } from '@livekit/agents';
import type { CallLog } from '@vestibule/record';

/** Writes what the caller really heard of each speech: its text up to where it was cut off, and when. */
export function recordSpeech(
  session: voice.AgentSession,
  log: CallLog,
  callTime: () => number,
  onRefused: (error: unknown) => void,
): void {
  const { AgentSessionEventTypes: Event } = voice;
  let startMs = 0;
  session.on(Event.AgentStateChanged, ({ newState }) => {
    if (newState === 'speaking') startMs = callTime();
  });
  session.on(Event.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    const endMs = callTime();
    const entries = [
      log.append('played', {
        piiText: item.textContent ?? '',
        interrupted: item.interrupted,
        startMs: Math.min(startMs, endMs),
        endMs,
      }),
    ];
    if (item.interrupted) entries.push(log.append('barge-in', { atMs: endMs }));
    for (const entry of entries) entry.catch(onRefused);
  });
}
