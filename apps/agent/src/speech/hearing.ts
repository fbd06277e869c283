import { type ReadableStream, TransformStream, type TransformStreamDefaultController } from 'node:stream/web';
import { stt } from '@livekit/agents';
import type { CallerSilence } from './caller-silence.ts';

export interface Heard {
  text: string;
  /** ms on the call's clock. */
  startMs: number;
  endMs: number;
  /** 0 to 1; 1 for a final whose recogniser gives none, and for interim words. */
  confidence: number;
  /** Interim words that are taken for the caller's whole turn. */
  isProvisional?: true;
}

export interface HearingListener {
  onPartial(heard: Heard): void;
  /** @returns false when interim words have said it already, and were acted on */
  onFinal(heard: Heard): boolean;
  /** The caller has fallen silent after these interim words. @returns whether they are taken for the whole turn, as a final is */
  takesInterim(heard: Heard): boolean;
}

export interface HearingOptions {
  /** When the stream began, ms on the call's clock. */
  offsetMs: number;
  listener: HearingListener;
  silence: CallerSilence;
  /** ms since the stream began, for recognisers that are sent one file an utterance and know no times. */
  elapsed?: () => number;
}

type Event = stt.SpeechEvent | string;
const { START_OF_SPEECH, END_OF_SPEECH, INTERIM_TRANSCRIPT, PREFLIGHT_TRANSCRIPT, FINAL_TRANSCRIPT } =
  stt.SpeechEventType;

/**
 * Passes speech events on and tells the listener of each transcript, its times moved from the recogniser's clock (which starts with the
 * stream) to the call's. Interim words that the listener takes are passed on as a final, for which the framework waits; what the
 * recogniser then says of the same words is not.
 */
export function overhear(events: ReadableStream<Event>, options: HearingOptions): ReadableStream<Event> {
  return events.pipeThrough(new TransformStream(new Hearing(options)));
}

class Hearing {
  readonly #options: HearingOptions;
  readonly #elapsed: () => number;
  #span = { startMs: 0, endMs: 0 };
  #interim: { event: stt.SpeechEvent; heard: Heard } | undefined;
  /** The words that were taken before their final, which may be lost. */
  #taken: Heard | undefined;
  /** Nothing can be passed on any more. */
  #isOver = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? stopwatch();
  }

  start(controller: TransformStreamDefaultController<Event>): void {
    this.#options.silence.onSilence = () => this.#takeInterim(controller);
  }

  flush(): void {
    this.#isOver = true;
  }

  /** Either side broke off. */
  cancel(): void {
    this.#isOver = true;
  }

  transform(event: Event, controller: TransformStreamDefaultController<Event>): void {
    if (typeof event === 'string' || this.#passes(event)) controller.enqueue(event);
    if (typeof event !== 'string' && event.type === INTERIM_TRANSCRIPT) this.#takeInterim(controller);
  }

  #passes(event: stt.SpeechEvent): boolean {
    const { type } = event;
    if (type === START_OF_SPEECH) this.#span = { startMs: this.#elapsed(), endMs: this.#elapsed() };
    if (type === END_OF_SPEECH) this.#span.endMs = this.#elapsed();
    const heard = heardIn(event, this.#span, this.#options.offsetMs);
    if (!heard || ![INTERIM_TRANSCRIPT, PREFLIGHT_TRANSCRIPT, FINAL_TRANSCRIPT].includes(type)) return true;
    if (type === FINAL_TRANSCRIPT) {
      this.#interim = this.#taken = undefined;
      return this.#options.listener.onFinal({ ...heard, confidence: knownConfidence(heard.confidence) });
    }
    if (this.#taken && heard.startMs >= this.#taken.endMs) this.#taken = undefined;
    if (type === INTERIM_TRANSCRIPT) {
      this.#interim = { event, heard };
      this.#options.listener.onPartial(heard);
    }
    return heard.text !== this.#taken?.text;
  }

  #takeInterim(controller: TransformStreamDefaultController<Event>): void {
    const { silence, listener } = this.#options;
    if (this.#isOver || !this.#interim || this.#taken) return;
    const { event, heard } = this.#interim;
    if (!silence.follows(heard.endMs) || !listener.takesInterim({ ...heard, confidence: 1 })) return;
    this.#taken = heard;
    controller.enqueue({ ...event, type: FINAL_TRANSCRIPT });
  }
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
