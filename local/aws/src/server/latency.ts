import type { Clock } from '@vestibule/core';

/** A point of a distribution: at quantile `q` the value is `ms`. */
type Quantile = readonly [q: number, ms: number];

/**
 * End of speech to final result, Amazon Transcribe streaming: 1,136 / 1,527 / 1,897 ms at P50/P95/P99
 * (pipecat-ai/stt-benchmark). The ends of the curve are assumed.
 */
const transcribeFinal: readonly Quantile[] = [
  [0, 820],
  [0.5, 1136],
  [0.95, 1527],
  [0.99, 1897],
  [1, 2100],
];
/** Audio to interim result. Not published; assumed from the service's habit of answering a few frames late. */
const transcribePartial: readonly Quantile[] = [
  [0, 180],
  [0.5, 280],
  [1, 480],
];
/** A small Bedrock model's first token: 0.21–0.33 s. */
const bedrockFirstToken: readonly Quantile[] = [
  [0, 210],
  [1, 330],
];
/** About 90 tokens a second, as small models stream. */
const bedrockToken: readonly Quantile[] = [
  [0, 6],
  [1, 16],
];
/** Time to the first byte of a neural voice; assumed. */
const pollyFirstByte: readonly Quantile[] = [
  [0, 90],
  [1, 180],
];

const curves = { transcribeFinal, transcribePartial, bedrockFirstToken, bedrockToken, pollyFirstByte };

/** Draws the services' latencies: seeded, or all zero. */
export class Latency {
  readonly measured: boolean;
  readonly clock: Clock;
  readonly #random: () => number;

  constructor(mode: 'measured' | 'zero', seed: number, clock: Clock) {
    this.measured = mode === 'measured';
    this.clock = clock;
    this.#random = mulberry32(seed);
  }

  /** A latency in ms. */
  draw(curve: keyof typeof curves): number {
    return this.measured ? at(curves[curve], this.#random()) : 0;
  }

  async pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await this.clock.sleep(ms, signal);
  }
}

/** The value at quantile `q`, linear between the points of the curve. */
function at(curve: readonly Quantile[], q: number): number {
  for (let i = 1; i < curve.length; i++) {
    const [q0, ms0] = curve[i - 1]!;
    const [q1, ms1] = curve[i]!;
    if (q <= q1) return ms0 + ((q - q0) / (q1 - q0)) * (ms1 - ms0);
  }
  return curve.at(-1)![1];
}

/** A small seeded generator of numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
