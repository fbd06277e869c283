import type { stt, VAD } from '@livekit/agents';
import { SharedVad, STT as TranscribeSTT } from '@vestibule/agents-plugin-aws';
import type { Config } from '@vestibule/config';

/** What hears one caller: a recogniser, and what tells it and the session when somebody speaks. */
export interface Ears {
  stt: stt.STT;
  vad: VAD;
}

/**
 * Transcribe gets only speech, by the judgement that the session makes anyway, where the configuration wants it so. Other recognisers get
 * everything: how they count time and what keeps them alive is their own.
 */
export function earsFor(
  stt: stt.STT,
  vad: VAD,
  { send, preRoll, hangover }: Config['agent']['hearing'],
): Ears {
  if (send === 'all' || !(stt instanceof TranscribeSTT)) return { stt, vad };
  const shared = new SharedVad(vad);
  const trim = { activity: shared, preRollMs: preRoll * 1000, hangoverMs: hangover * 1000 };
  return { stt: stt.trimmed(trim), vad: shared };
}
