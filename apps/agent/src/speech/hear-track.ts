import type { stt as speech, VAD, VADEvent } from '@livekit/agents';
import { type AudioFrame, AudioStream, type RemoteTrack } from '@livekit/rtc-node';

/** Hz of what is heard of a track. */
export const heardRate = 16_000;

export interface HearTrackOptions {
  vad: VAD;
  /** Undefined where words do not matter. */
  stt: speech.STT | undefined;
  /** Ends it. */
  signal: AbortSignal;
  onFrame?: (frame: AudioFrame) => void;
  /** Each reads all that comes, to its end. */
  voice: (events: AsyncIterable<VADEvent>) => Promise<void>;
  words: (events: AsyncIterable<speech.SpeechEvent>) => Promise<void>;
}

/** Listens to one track without a session. Resolves when nothing more comes, or `signal` is aborted. */
export async function hearTrack(
  track: RemoteTrack,
  { vad, stt, signal, onFrame, voice, words }: HearTrackOptions,
): Promise<void> {
  const spoken = vad.stream();
  const said = stt?.stream();
  const reader = new AudioStream(track, { sampleRate: heardRate, numChannels: 1 }).getReader();
  signal.addEventListener('abort', () => void reader.cancel().catch(() => {}));
  const hearing = Promise.allSettled([voice(spoken), said ? words(said) : undefined]);
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (signal.aborted) break;
    spoken.pushFrame(read.value);
    said?.pushFrame(read.value);
    onFrame?.(read.value);
  }
  spoken.close();
  said?.close();
  await hearing;
}
