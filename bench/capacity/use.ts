import type { Random } from './random.ts';
import type { Resource } from './resources/resource.ts';
import type { Snapshot } from './simulate.ts';

/** What is used of a resource in this second. */
export function useOf(
  resource: Resource,
  { held, arrived }: Pick<Snapshot, 'held' | 'arrived'>,
  random: Random,
): number {
  const { perCall, perArrival, isRandom } = resource;
  const steady = held * perCall;
  return (isRandom && perCall > 0 ? randomly(steady, perCall, random) : steady) + arrived * perArrival;
}

/** Requests come at random; what each takes (tokens) does not. */
function randomly(mean: number, perCall: number, random: Random): number {
  const size = Math.max(1, perCall * secondsBetween);
  return random.poisson(mean / size) * size;
}

/** A call's turns, which are what comes in lumps, are about so far apart, s. */
const secondsBetween = 8.8;

/** The mean of the last seconds: every service bears a moment. */
export class Smooth {
  readonly #last: number[] = [];
  readonly #seconds: number;
  #sum = 0;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  add(value: number): number {
    this.#last.push(value);
    this.#sum += value;
    if (this.#last.length > this.#seconds) this.#sum -= this.#last.shift()!;
    return this.#sum / this.#last.length;
  }
}

/** @param share 0.5 for the median. @returns NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
