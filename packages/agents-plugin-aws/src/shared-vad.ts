import { VAD, VADEventType, type VADEvent, type VADStream } from '@livekit/agents';
import type { VoiceWindow } from './speech-gate.ts';

/** Tells what is speech on one line. */
export interface VoiceActivity {
  /** @returns what ends it. */
  follow(listener: (window: VoiceWindow) => void): () => void;
}

/** A voice activity detector for the session of one call whose judgements others may follow: a line is judged once. */
export class SharedVad extends VAD implements VoiceActivity {
  readonly label: string;
  readonly #inner: VAD;
  readonly #listeners = new Set<(window: VoiceWindow) => void>();

  constructor(inner: VAD) {
    super(inner.capabilities);
    this.#inner = inner;
    this.label = inner.label;
  }

  override get minSilenceDuration(): number | null {
    return this.#inner.minSilenceDuration;
  }

  follow(listener: (window: VoiceWindow) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The inner detector's stream; what is read from it is told. */
  stream(): VADStream {
    const stream = this.#inner.stream();
    const next = stream.next.bind(stream);
    stream.next = async () => {
      const result = await next();
      if (!result.done) this.#tell(result.value);
      return result;
    };
    return stream;
  }

  #tell({ type, frames, probability }: VADEvent): void {
    if (type !== VADEventType.INFERENCE_DONE) return;
    const durationMs = frames.reduce(
      (sum, { samplesPerChannel, sampleRate }) => sum + (samplesPerChannel * 1000) / sampleRate,
      0,
    );
    for (const listener of this.#listeners) listener({ durationMs, probability });
  }
}
