/**
 * The audio of one Transcribe stream, pushed in and pulled out as an async iterable. The SDK never calls
 * `return()` on an audio generator when a stream fails, and keeps pulling: so each attempt has a feed of its own,
 * which is ended explicitly, and the next attempt's audio cannot be swallowed by the last one's.
 *
 * Transcribe counts time in audio. What is left out between two chunks would move all that is heard after it, so the
 * feed remembers where on the line each unbroken stretch began.
 */
export class AudioFeed implements AsyncIterable<Uint8Array> {
  #chunks: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #sentMs = 0;
  readonly #stretches: { fromMs: number; atMs: number }[] = [];
  readonly #bytesPerMs: number;

  /** `sampleRate`: Hz of 16-bit mono PCM. */
  constructor(sampleRate: number) {
    this.#bytesPerMs = (sampleRate * 2) / 1000;
  }

  /** `atMs`: when the chunk's first sample was on the line, by whatever clock. */
  add(chunk: Uint8Array, atMs: number): void {
    if (this.#ended) return;
    const last = this.#stretches.at(-1);
    if (!last || Math.abs(last.atMs + this.#sentMs - last.fromMs - atMs) > 0.5)
      this.#stretches.push({ fromMs: this.#sentMs, atMs });
    this.#sentMs += chunk.byteLength / this.#bytesPerMs;
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  /** How much audio has gone into it, ms: what the service bills. */
  get sentMs(): number {
    return this.#sentMs;
  }

  /**
   * When something was on the line that Transcribe heard at these times of its own, ms. Told by its middle: a word lies within one
   * stretch, however closely its ends touch the next.
   */
  placed(startMs: number, endMs: number): { startMs: number; endMs: number } {
    const middle = (startMs + endMs) / 2;
    const stretch = this.#stretches.findLast(({ fromMs }) => fromMs <= middle);
    const moved = stretch ? stretch.atMs - stretch.fromMs : 0;
    return { startMs: startMs + moved, endMs: endMs + moved };
  }

  end(): void {
    this.#ended = true;
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
