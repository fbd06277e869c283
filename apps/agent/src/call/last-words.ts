import { voice } from '@livekit/agents';
import type { tts } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';

/** The last words still cross the SFU and the SIP side's jitter buffer when their last frame has been handed over, ms. */
export const lingerMs = 500;

/** Says something in a room whose session has broken down: a session of its own that only speaks. */
export async function sayLastWords(room: Room, tts: tts.TTS, words: string): Promise<void> {
  const session = new voice.AgentSession({ tts, vad: null });
  await session.start({
    agent: new voice.Agent({ instructions: '' }),
    room,
    inputOptions: { audioEnabled: false, textEnabled: false, closeOnDisconnect: false },
    outputOptions: { transcriptionEnabled: false, audioSampleRate: 16_000 },
    record: false,
  });
  try {
    await session.say(words, { allowInterruptions: false }).waitForPlayout();
  } finally {
    await session.close();
  }
}
