/** How a set of measurements lies. Percentiles by nearest rank, in the unit of what was measured. */
export interface Distribution {
  count: number;
  median: number;
  p90: number;
  p95: number;
  max: number;
}

/** Undefined of nothing: zero would be a figure. */
export function distribution(values: readonly number[]): Distribution | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { count: sorted.length, median: rank(0.5), p90: rank(0.9), p95: rank(0.95), max: rank(1) };
}

export const round = (value: number, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;

/** How often each key comes, keys in order, so that the same counts are the same bytes. */
export function tally(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
