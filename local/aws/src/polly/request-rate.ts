import type { Latency } from '../server/latency.ts';
import type { Engine } from './voices.ts';

/** Requests a second and burst, Amazon Polly's default quotas. */
const quotas: Record<Engine, { readonly rate: number; readonly burst: number }> = {
  standard: { rate: 80, burst: 100 },
  neural: { rate: 8, burst: 10 },
  'long-form': { rate: 8, burst: 10 },
  generative: { rate: 8, burst: 10 },
};

/** A token bucket per engine. Off when latencies are zero, so that tests may hurry. */
export class RequestRate {
  readonly #latency: Latency;
  readonly #buckets = new Map<Engine, { tokens: number; at: number }>();

  constructor(latency: Latency) {
    this.#latency = latency;
  }

  admit(engine: Engine): boolean {
    if (!this.#latency.measured) return true;
    const { rate, burst } = quotas[engine];
    const now = this.#latency.clock.monotonic();
    const { tokens, at } = this.#buckets.get(engine) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + ((now - at) / 1000) * rate);
    this.#buckets.set(engine, { tokens: filled >= 1 ? filled - 1 : filled, at: now });
    return filled >= 1;
  }
}
