/** Operations without end: sends the next at each call. */
export type Stream = () => Promise<unknown>;

export interface Measured {
  count: number;
  perSecond: number;
  /** From sending to the answer, ms. */
  p50: number;
  p99: number;
}

/** Runs all streams side by side for `ms`, each with up to `depth` operations on their way, and waits for the answers. */
export async function load(streams: readonly Stream[], depth: number, ms: number): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  const end = began + ms;
  await Promise.all(
    streams.map(async (next) => {
      const underWay: Promise<unknown>[] = [];
      while (performance.now() < end) {
        const sentAt = performance.now();
        underWay.push(next().then(() => latencies.push(performance.now() - sentAt)));
        if (underWay.length >= depth) await underWay.shift();
      }
      await Promise.all(underWay);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { count: latencies.length, perSecond: latencies.length / seconds, ...percentiles(latencies) };
}

export function percentiles(values: readonly number[]): { p50: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export const median = (values: readonly number[]) => percentiles(values).p50;
