/** IPv4 networks as intervals of numbers, both ends included. */
export interface Interval {
  from: number;
  to: number;
}

export function intervalOf(cidr: string): Interval {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const from = Math.floor(number / size) * size;
  return { from, to: from + size - 1 };
}

export function overlap(a: Interval, b: Interval): Interval | undefined {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from <= to ? { from, to } : undefined;
}

/** Whether every number of `whole` lies in one of `parts`. */
export function isCovered(whole: Interval, parts: readonly Interval[]): boolean {
  let next = whole.from;
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    if (from > next) break;
    next = Math.max(next, to + 1);
  }
  return next > whole.to;
}
