/**
 * The audio of one Transcribe stream, pushed in and pulled out as an async iterable. The SDK never calls
 * `return()` on an audio generator when a stream fails, and keeps pulling: so each attempt has a feed of its own,
 * which is ended explicitly, and the next attempt's audio cannot be swallowed by the last one's.
 */
export class AudioFeed implements AsyncIterable<Uint8Array> {
  #chunks: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #bytes = 0;
  #isFlowing = false;
  #isGap = false;
  readonly #bytesPerMs: number;
  readonly #now: () => number;
  readonly #beganAt: number;

  /** `sampleRate`: Hz of 16-bit mono PCM. */
  constructor(sampleRate: number, now: () => number = () => performance.now()) {
    this.#bytesPerMs = (sampleRate * 2) / 1000;
    this.#now = now;
    this.#beganAt = now();
  }

  push(chunk: Uint8Array): void {
    if (this.#isGap) this.#catchUp();
    this.#isGap = false;
    this.#isFlowing = true;
    this.#add(chunk);
  }

  /**
   * To be called every so often: silence takes the place of audio that did not come since the last time. Transcribe counts
   * time in audio, so that a gap would shift all that is heard after it, and ends a stream after 15 s without any.
   */
  tick(): void {
    this.#isGap = !this.#isFlowing;
    this.#isFlowing = false;
    if (this.#isGap) this.#catchUp();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  #catchUp(): void {
    const missingMs = Math.floor(this.#now() - this.#beganAt - this.#bytes / this.#bytesPerMs);
    if (missingMs > 0) this.#add(new Uint8Array(missingMs * this.#bytesPerMs));
  }

  #add(chunk: Uint8Array): void {
    if (this.#ended) return;
    this.#bytes += chunk.byteLength;
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) yield chunk;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
