import { TransformStream, type ReadableStream } from 'node:stream/web';
import { stt } from '@livekit/agents';

export interface Heard {
  text: string;
  /** ms on the call's clock. */
  startMs: number;
  endMs: number;
  confidence: number;
}

export interface HearingListener {
  onPartial(heard: Heard): void;
  onFinal(heard: Heard): void;
}

/**
 * Passes speech events through unchanged and tells the listener of each transcript, its times moved from the
 * recogniser's clock (which starts with the stream) to the call's. `offsetMs`: when the stream began.
 */
export function overhear(
  events: ReadableStream<stt.SpeechEvent | string>,
  offsetMs: number,
  listener: HearingListener,
): ReadableStream<stt.SpeechEvent | string> {
  return events.pipeThrough(
    new TransformStream<stt.SpeechEvent | string, stt.SpeechEvent | string>({
      transform(event, controller) {
        const heard = typeof event === 'string' ? undefined : heardIn(event, offsetMs);
        if (heard && typeof event !== 'string') {
          if (event.type === stt.SpeechEventType.INTERIM_TRANSCRIPT) listener.onPartial(heard);
          if (event.type === stt.SpeechEventType.FINAL_TRANSCRIPT) listener.onFinal(heard);
        }
        controller.enqueue(event);
      },
    }),
  );
}

function heardIn(event: stt.SpeechEvent, offsetMs: number): Heard | undefined {
  const best = event.alternatives?.[0];
  if (!best || best.text === '') return undefined;
  return {
    text: best.text,
    startMs: Math.round(offsetMs + best.startTime * 1000),
    endMs: Math.round(offsetMs + best.endTime * 1000),
    confidence: best.confidence,
  };
}
