import type { Figures } from '../../infra/cost/figures.ts';
import type { Random } from './random.ts';

/** A morning from 7:30 to 9:30, in seconds from its start, with the share of the busiest rate. */
const morning: readonly [number, number][] = [
  [0, 0.15],
  [1680, 0.3],
  [1800, 1],
  [5400, 1],
  [7200, 0.8],
];
export const morningSeconds = 7200;
/** 8:30. The surge is from 7:58 to 8:00, when the office says that it opens. */
export const zoneLostAt = 3600;
export const zoneLostSeconds = 1800;

/** Share of the busiest rate, between the points in straight lines. */
export function morningShare(at: number): number {
  const next = morning.findIndex(([time]) => time >= at);
  if (next <= 0) return morning[next === 0 ? 0 : morning.length - 1]![1];
  const [fromTime, fromShare] = morning[next - 1]!;
  const [toTime, toShare] = morning[next]!;
  return fromShare + ((at - fromTime) / (toTime - fromTime)) * (toShare - fromShare);
}

/** As long as one of the measured calls, give or take 15 %. */
export function callLength(figures: Figures): (random: Random) => number {
  const lengths = figures.values('call.seconds');
  return (random) => random.pick(lengths) * (0.85 + 0.3 * random.next());
}
