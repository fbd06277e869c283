import { type tts, voice } from '@livekit/agents';
import type { Conversation } from '../conversation/conversation.ts';
import { isWholeTurn, patienceFor } from '../conversation/end-of-turn.ts';
import type { Ears } from '../speech/trimming.ts';
import { NoLlm } from '../thinking/no-llm.ts';
import type { AwaitedWords } from './awaited-words.ts';
import { turnDetector } from './turn-detector.ts';

/** From the end of speech to the end of a turn, ms: when what was heard answers the question, and when it does not: until the question's own patience is known. */
const endpointing = { mode: 'fixed' as const, minDelay: 300, maxDelay: 1800 };
/** A part that does not answer is given up in time for somebody who waits on the telephone. */
const connections = {
  sttConnOptions: { maxRetry: 6, retryIntervalMs: 500, timeoutMs: 5000 },
  ttsConnOptions: { maxRetry: 2, retryIntervalMs: 300, timeoutMs: 4000 },
  maxUnrecoverableErrors: 20,
};
/** So much later than a caller falls silent is it noticed here, beside what counts as silence, ms: jitter buffers, the detector's smoothing. */
export const heardLateMs = 150;

export interface VoiceSessionOptions {
  ears: Ears;
  tts: tts.TTS;
  conversation: Conversation;
  words: AwaitedWords;
}

/** LiveKit's session for one call, with our ends of turn. */
export function createVoiceSession({
  ears,
  tts,
  conversation,
  words,
}: VoiceSessionOptions): voice.AgentSession {
  const session: voice.AgentSession = new voice.AgentSession({
    ...ears,
    llm: new NoLlm(),
    tts,
    // No echo to cancel on a telephone line: the caller may interrupt from the first word.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    transcriptionTimeout: 4000,
    connOptions: connections,
    turnHandling: {
      turnDetection: turnDetector({
        isWhole: (said) =>
          conversation.hasScripts ||
          isWholeTurn(said, conversation.step, conversation.item, conversation.today),
        isUnheard: () => words.isUnheard,
        patience: (said) => patienceFor(said, conversation.item),
        onPatience: (ms) =>
          session.updateOptions({ turnHandling: { endpointing: { maxDelay: ms - heardLateMs } } }),
      }),
      endpointing,
      // Red flags are heard in disclosures too, which nothing else interrupts.
      interruption: { mode: 'vad', minDuration: 400, discardAudioIfUninterruptible: false },
      preemptiveGeneration: { enabled: false },
    },
  });
  return session;
}
