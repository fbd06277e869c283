import type { Figures } from './figures.ts';
import { leversOf } from './levers.ts';
import { costsOf, type Model } from './model.ts';
import type { Prices } from './prices.ts';

export const scales = [10, 1000, 10_000] as const;

/** The model that a vestibule.yaml names, or the dearer one whose price is known. */
export const modelOf = (llm: string): Model => (llm.includes('nova-lite') ? 'novaLite' : 'haiku');

/** Lines of text: cents a call-minute and dollars a month at three sizes, and the three largest levers. At most 25. */
export function costTable(prices: Prices, figures: Figures, model: Model): string[] {
  const costs = scales.map((calls) => costsOf(prices, figures, calls, model));
  const names = [...costs[0]!.components.keys()];
  const at = (name: string) => costs.map(({ components }) => components.get(name)!);
  const totals = costs.map(({ components }) => [...components.values()].reduce((sum, each) => sum + each, 0));
  const minutes = costs.map((each) => each.minutes);
  const hour = figures.value('traffic.busyHourShare') * 100;
  const assumed = [...prices.values()].filter(({ basis }) => basis === 'assumed').length;
  return [
    `us-east-1, list prices of 2026-11-28 (${assumed} of ${prices.size} assumed); concurrent calls in the busy hour, which has ${hour} % of a day; ${figures.value('traffic.daysPerMonth')} days`,
    row(
      'concurrent calls',
      scales.map((calls) => calls.toLocaleString('en')),
      ['¢/minute', '¢/minute', '¢/minute'],
    ),
    row('call-minutes a month', minutes.map(thousands), ['', '', '']),
    ...names.map((name) =>
      row(
        name,
        at(name).map(dollars),
        at(name).map((usd, index) => cents(usd / minutes[index]!)),
      ),
    ),
    row(
      'together',
      totals.map(dollars),
      totals.map((usd, index) => cents(usd / minutes[index]!)),
    ),
    'largest levers at 1,000 calls, $ a month:',
    ...leversOf(prices, figures, 1000, model)
      .slice(0, 3)
      .map(({ what, saves }) => `  ${dollars(saves).padStart(9)}  ${what}`),
  ];
}

function row(name: string, amounts: readonly string[], rates: readonly string[]): string {
  const cells = amounts.map((amount, index) => `${amount.padStart(13)} ${rates[index]!.padStart(8)}`);
  return `${name.padEnd(32)}${cells.join('')}`.trimEnd();
}

const dollars = (usd: number) => `$${Math.round(usd).toLocaleString('en')}`;
const cents = (usd: number) => (usd * 100).toFixed(3);
const thousands = (minutes: number) => `${Math.round(minutes / 1000).toLocaleString('en')} k`;
