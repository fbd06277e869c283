import type { RecogniserResult, RecogniserStream } from '../recogniser/index.ts';
import type { TranscribeOptions } from '../transcribe/operations.ts';

const wordMs = 200;

/** "Hears" a given sentence in any audio, a word every 200 ms: for tests of the wire, not of hearing. */
export function scriptedRecogniser(sentence: string): {
  recognise: TranscribeOptions['recognise'];
  /** What each stream was opened with. */
  opened: Parameters<TranscribeOptions['recognise']>[0][];
} {
  const opened: Parameters<TranscribeOptions['recognise']>[0][] = [];
  const recognise: TranscribeOptions['recognise'] = (options) => {
    opened.push(options);
    return new ScriptedStream(sentence.split(' '), (options.sampleRate * 2) / 1000);
  };
  return { recognise, opened };
}

class ScriptedStream implements RecogniserStream {
  readonly results: AsyncIterable<RecogniserResult>;
  readonly #words: readonly string[];
  readonly #bytesPerMs: number;
  readonly #queue: RecogniserResult[] = [];
  #ms = 0;
  #told = 0;
  #over = false;
  #wake: () => void = () => undefined;

  constructor(words: readonly string[], bytesPerMs: number) {
    this.#words = words;
    this.#bytesPerMs = bytesPerMs;
    this.results = { [Symbol.asyncIterator]: () => this.#read() };
  }

  push(pcm: Buffer): boolean {
    this.#ms += pcm.length / this.#bytesPerMs;
    while (this.#told < this.#words.length && this.#ms >= (this.#told + 1) * wordMs) {
      this.#told++;
      this.#tell('partial');
    }
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  end(): void {
    if (this.#told > 0) this.#tell('final');
    this.close();
  }

  close(): void {
    this.#over = true;
    this.#wake();
  }

  #tell(kind: 'partial' | 'final'): void {
    const words = this.#words.slice(0, this.#told).map((text, index) => ({
      text,
      startMs: index * wordMs,
      endMs: (index + 1) * wordMs,
      stable: kind === 'final' || index < this.#told - 1,
      confidence: 0.9,
    }));
    this.#queue.push({ kind, segment: 0, startMs: 0, endMs: this.#told * wordMs, words });
    this.#wake();
  }

  async *#read(): AsyncGenerator<RecogniserResult> {
    for (;;) {
      const next = this.#queue.shift();
      if (next) yield next;
      else if (this.#over) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
