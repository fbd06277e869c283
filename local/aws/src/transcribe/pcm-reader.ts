import { pcmBytes } from '../sound/pcm.ts';
import { Resampler } from '../sound/resample.ts';

/** Turns audio of any rate, in chunks of any size, into what the recogniser hears. */
export class PcmReader {
  /** Hz, towards the recogniser. */
  readonly rate: 8000 | 16000;
  readonly #bytesPerMs: number;
  readonly #resampler: Resampler | undefined;
  #odd = Buffer.alloc(0);

  constructor(sampleRate: number) {
    this.rate = sampleRate === 8000 ? 8000 : 16000;
    this.#bytesPerMs = (sampleRate * 2) / 1000;
    this.#resampler = sampleRate === this.rate ? undefined : new Resampler(sampleRate, this.rate);
  }

  /** How long a chunk sounds, ms. */
  milliseconds(chunk: Uint8Array): number {
    return chunk.byteLength / this.#bytesPerMs;
  }

  push(chunk: Uint8Array): Buffer {
    if (!this.#resampler) return Buffer.from(chunk);
    const bytes = Buffer.concat([this.#odd, chunk]);
    const samples = new Int16Array(bytes.length >> 1);
    for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(2 * i);
    this.#odd = bytes.subarray(samples.length * 2);
    return pcmBytes(this.#resampler.push(samples));
  }

  flush(): Buffer {
    return this.#resampler ? pcmBytes(this.#resampler.flush()) : Buffer.alloc(0);
  }
}
