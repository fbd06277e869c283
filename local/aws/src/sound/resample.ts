import { clip, type Sound } from './pcm.ts';

/** Half the taps of the interpolation filter, in samples of the lower of both rates. */
const halfWidth = 12;

/** Band-limited resampling (windowed sinc) of 16-bit mono samples, in pieces of any size. */
export class Resampler {
  readonly #step: number;
  readonly #cutoff: number;
  readonly #reach: number;
  #kept = new Int16Array();
  /** Position in the input of the next output sample, counted from the first kept one. */
  #centre = 0;

  constructor(from: number, to: number) {
    this.#step = from / to;
    this.#cutoff = Math.min(1, to / from);
    this.#reach = Math.ceil(halfWidth / this.#cutoff);
  }

  push(samples: Int16Array): Int16Array {
    if (this.#step === 1) return samples;
    this.#keep(samples);
    return this.#produce(this.#kept.length - this.#reach);
  }

  /** What was waiting for samples that will not come. */
  flush(): Int16Array {
    return this.#step === 1 ? new Int16Array() : this.#produce(this.#kept.length);
  }

  #keep(samples: Int16Array): void {
    const from = Math.max(0, Math.floor(this.#centre) - this.#reach);
    const kept = new Int16Array(this.#kept.length - from + samples.length);
    kept.set(this.#kept.subarray(from));
    kept.set(samples, this.#kept.length - from);
    this.#kept = kept;
    this.#centre -= from;
  }

  #produce(until: number): Int16Array {
    const count = Math.max(0, Math.ceil((until - this.#centre) / this.#step));
    const out = new Int16Array(count);
    for (let i = 0; i < count; i++, this.#centre += this.#step) out[i] = this.#at(this.#centre);
    return out;
  }

  #at(centre: number): number {
    const first = Math.max(0, Math.ceil(centre - this.#reach));
    const last = Math.min(this.#kept.length - 1, centre + this.#reach);
    let sum = 0;
    for (let j = first; j <= last; j++) {
      const x = (j - centre) * this.#cutoff;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * (j - centre)) / this.#reach);
      sum += this.#kept[j]! * this.#cutoff * (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
    }
    return clip(sum);
  }
}

/** Resamples a whole sound. */
export function resample({ rate, samples }: Sound, to: number): Sound {
  if (rate === to) return { rate, samples };
  const resampler = new Resampler(rate, to);
  const [body, rest] = [resampler.push(samples), resampler.flush()];
  const out = new Int16Array(body.length + rest.length);
  out.set(body);
  out.set(rest, body.length);
  return { rate: to, samples: out };
}
