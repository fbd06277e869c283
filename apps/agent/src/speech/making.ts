import type { tts } from '@livekit/agents';

/** Speech that is being made, for a reader who may come later. */
export class Making {
  readonly #stream: tts.ChunkedStream;
  readonly #audio: tts.SynthesizedAudio[] = [];
  #more = Promise.withResolvers<void>();
  #isOver = false;

  constructor(stream: tts.ChunkedStream) {
    this.#stream = stream;
    void this.#make().finally(() => {
      this.#isOver = true;
      this.#more.resolve();
    });
  }

  async #make(): Promise<void> {
    try {
      for await (const audio of this.#stream) {
        this.#audio.push(audio);
        this.#more.resolve();
        this.#more = Promise.withResolvers();
      }
    } catch {
      // Whoever needs it asks again.
    }
  }

  /** `otherwise`: asked where nothing came of it. */
  async *audio(otherwise: () => AsyncIterable<tts.SynthesizedAudio>): AsyncGenerator<tts.SynthesizedAudio> {
    let at = 0;
    for (;;) {
      const more = this.#more.promise;
      while (at < this.#audio.length) yield this.#audio[at++]!;
      if (this.#isOver) break;
      await more;
    }
    if (at === 0) yield* otherwise();
  }

  close(): void {
    this.#stream.close();
  }
}
