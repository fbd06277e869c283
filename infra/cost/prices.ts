import { readFileSync } from 'node:fs';
import { CodedError, formatFaults } from '@vestibule/core';
import { parse } from 'yaml';
import { z } from 'zod';

const usd = z.number().positive();
const step = z.strictObject({ usd, upTo: z.number().positive().optional() });
type Step = z.infer<typeof step>;
const price = z
  .strictObject({
    unit: z.string().min(1),
    usd: usd.optional(),
    /** Cheaper the more is used in a month; only the last step has no `upTo`. */
    tiers: z.array(step).min(2).optional(),
    basis: z.enum(['vendor', 'reported', 'assumed']),
    source: z.url({ protocol: /^https$/ }),
    seen: z.iso.date(),
    note: z.string().optional(),
  })
  .refine(
    ({ usd: flat, tiers }) => (flat === undefined) !== (tiers === undefined),
    'has usd or tiers, one of both',
  )
  .refine(({ tiers = [] }) => areSteps(tiers), 'tiers must grow, and only the last may be without upTo');
export type Price = z.infer<typeof price>;

/** Prices by name. */
export type Prices = ReadonlyMap<string, Price>;

/** @throws CodedError `unreadable-prices`, all faults in one. */
export function loadPrices(file = new URL('prices.yaml', import.meta.url).pathname): Prices {
  return parsePrices(readFileSync(file, 'utf8'), file);
}

/** @throws CodedError `unreadable-prices`, all faults in one. */
export function parsePrices(text: string, file: string): Prices {
  const parsed = z.record(z.string(), price).safeParse(parse(text));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const faults = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new CodedError('unreadable-prices', formatFaults(file, faults));
}

/** US dollars for `units` in one month. @throws CodedError `unknown-price` */
export function costOf(prices: Prices, name: string, units: number): number {
  const found = prices.get(name);
  if (found === undefined) throw new CodedError('unknown-price', `prices.yaml has no ${name}`);
  const { usd: flat, tiers } = found;
  return tiers === undefined ? units * flat! : tariff(tiers, units);
}

function tariff(tiers: readonly Step[], units: number): number {
  let from = 0;
  let total = 0;
  for (const { usd: each, upTo = Infinity } of tiers) {
    total += Math.max(0, Math.min(units, upTo) - from) * each;
    from = upTo;
  }
  return total;
}

function areSteps(tiers: readonly Step[]): boolean {
  return tiers.every(({ upTo }, index) =>
    index === tiers.length - 1
      ? upTo === undefined
      : upTo !== undefined && upTo > (tiers[index - 1]?.upTo ?? 0),
  );
}
