import type { Figures } from '../../infra/cost/figures.ts';
import { callLength } from './monday.ts';
import { Random } from './random.ts';
import type { Resource } from './resources/resource.ts';
import { simulate } from './simulate.ts';
import { Smooth, useOf } from './use.ts';

export interface Breaking {
  resource: Resource;
  /** Concurrent calls when it was used up; undefined: not up to the end of the ramp. */
  at: number | undefined;
}

const seconds = 10_800;
const from = 4;
export const rampEnd = 13_000;
/** Of what comes in moments, so many seconds together must be over the limit. */
const smoothedOver = 10;

/** Ever more calls up to `until`, of which none is refused: what is used up first, and at how many calls. In the order in which it happens. */
export function breakingOrder(
  figures: Figures,
  resources: readonly Resource[],
  seed: number,
  until = rampEnd,
): Breaking[] {
  const random = new Random(seed);
  const mean = figures.value('call.seconds');
  const rate = (at: number) => (from * (until / from) ** (at / seconds)) / mean;
  const found = new Map<Resource, number>();
  const smooth = new Map(
    resources.map((resource) => [resource, new Smooth(resource.isRandom ? smoothedOver : 1)]),
  );
  simulate({
    ...{ seed, seconds, zones: 1, rate, peakRate: rate(seconds), places: [], patienceSeconds: Infinity },
    length: callLength(figures),
    onSecond: (now) => {
      for (const resource of resources) {
        const used = smooth.get(resource)!.add(useOf(resource, now, random));
        if (used > resource.limit && !found.has(resource)) found.set(resource, now.held);
      }
    },
  });
  return resources
    .map((resource) => ({ resource, at: found.get(resource) }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}
