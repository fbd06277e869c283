/** Chance, from whichever source: fast-check's, or a seeded generator. */
export interface Draw {
  /** A whole number from 0 to `below`, without it. */
  below(below: number): number;
}

export function pick<T>(draw: Draw, from: readonly T[]): T {
  return from[draw.below(from.length)]!;
}

/** True once in so many times. */
export function once(draw: Draw, times: number): boolean {
  return draw.below(times) === 0;
}

/** The member, once in so many times. */
export function maybe<K extends string, T>(
  draw: Draw,
  times: number,
  key: K,
  make: () => T,
): Partial<Record<K, T>> {
  return once(draw, times) ? ({ [key]: make() } as Record<K, T>) : {};
}

export function several<T>(draw: Draw, most: number, make: (index: number) => T): T[] {
  return Array.from({ length: 1 + draw.below(most) }, (_, index) => make(index));
}

/** A small seeded generator (mulberry32), so that a failure names the run that shows it. */
export function seeded(seed: number): Draw {
  let state = seed;
  return {
    below(below) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
    },
  };
}
