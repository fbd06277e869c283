import { TransformStream, type ReadableStream } from 'node:stream/web';
import { stt } from '@livekit/agents';

export interface Heard {
  text: string;
  /** ms on the call's clock. */
  startMs: number;
  endMs: number;
  /** 0 to 1; 1 for a final whose recogniser gives none. */
  confidence: number;
}

export interface HearingListener {
  onPartial(heard: Heard): void;
  onFinal(heard: Heard): void;
}

/**
 * Passes speech events through unchanged and tells the listener of each transcript, its times moved from the
 * recogniser's clock (which starts with the stream) to the call's. `offsetMs`: when the stream began. `elapsed`: ms
 * since then, for recognisers that are sent one file an utterance and know no times.
 */
export function overhear(
  events: ReadableStream<stt.SpeechEvent | string>,
  offsetMs: number,
  listener: HearingListener,
  elapsed: () => number = stopwatch(),
): ReadableStream<stt.SpeechEvent | string> {
  const { START_OF_SPEECH, END_OF_SPEECH, INTERIM_TRANSCRIPT, FINAL_TRANSCRIPT } = stt.SpeechEventType;
  let span = { startMs: 0, endMs: 0 };
  const note = (event: stt.SpeechEvent) => {
    if (event.type === START_OF_SPEECH) span = { startMs: elapsed(), endMs: elapsed() };
    if (event.type === END_OF_SPEECH) span.endMs = elapsed();
    const isFinal = event.type === FINAL_TRANSCRIPT;
    if (!isFinal && event.type !== INTERIM_TRANSCRIPT) return;
    const heard = heardIn(event, span, offsetMs);
    if (!heard) return;
    if (isFinal) listener.onFinal({ ...heard, confidence: knownConfidence(heard.confidence) });
    else listener.onPartial(heard);
  };
  return events.pipeThrough(
    new TransformStream<stt.SpeechEvent | string, stt.SpeechEvent | string>({
      transform(event, controller) {
        if (typeof event !== 'string') note(event);
        controller.enqueue(event);
      },
    }),
  );
}

/** Plugins say 0 for a confidence that they do not know: taken as it stands, every answer would be read back. */
const knownConfidence = (confidence: number) => (confidence === 0 ? 1 : confidence);

function heardIn(
  event: stt.SpeechEvent,
  span: { startMs: number; endMs: number },
  offsetMs: number,
): Heard | undefined {
  const best = event.alternatives?.[0];
  if (!best || best.text === '') return undefined;
  const { text, startTime, endTime, confidence } = best;
  const { startMs, endMs } = endTime > 0 ? { startMs: startTime * 1000, endMs: endTime * 1000 } : span;
  return { text, startMs: Math.round(offsetMs + startMs), endMs: Math.round(offsetMs + endMs), confidence };
}

function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
