/**
 * The audio of one Transcribe stream, pushed in and pulled out as an async iterable. The SDK never calls
 * `return()` on an audio generator when a stream fails, and keeps pulling: so each attempt has a feed of its own,
 * which is ended explicitly, and the next attempt's audio cannot be swallowed by the last one's.
 */
export class AudioFeed implements AsyncIterable<Uint8Array> {
  #chunks: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #pushedAt: number;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#pushedAt = now();
  }

  push(chunk: Uint8Array): void {
    if (this.#ended) return;
    this.#chunks.push(chunk);
    this.#pushedAt = this.#now();
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** How long nothing was pushed, ms. */
  get idleMs(): number {
    return this.#now() - this.#pushedAt;
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
