import { ReadableStream } from 'node:stream/web';
import type { tts } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { describeError, type Logger } from '@vestibule/core';

/** Words that were made into speech before they are needed: who has waited through a silence waits no longer. */
export interface Prepared {
  words: string;
  audio: () => ReadableStream<AudioFrame>;
}

/** Undefined when the speech cannot be made now; it is then made when it is said. */
export async function prepare(tts: tts.TTS, words: string, logger: Logger): Promise<Prepared | undefined> {
  const frames: AudioFrame[] = [];
  try {
    for await (const { frame } of tts.synthesize(words)) frames.push(frame);
  } catch (error) {
    logger.warn('no speech prepared', describeError(error));
  }
  return frames.length === 0 ? undefined : { words, audio: () => ReadableStream.from(frames) };
}
