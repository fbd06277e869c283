import type { Figures } from './figures.ts';
import { costsOf, type Model } from './model.ts';
import type { Prices } from './prices.ts';

export interface Lever {
  what: string;
  /** US dollars a month. */
  saves: number;
}

/** What would save most at so many calls, the largest first. */
export function leversOf(prices: Prices, figures: Figures, calls: number, model: Model): Lever[] {
  const now = total(prices, figures, calls, model);
  const after = (changed: Figures, other: Model = model) => now - total(prices, changed, calls, other);
  const levers: Lever[] = [
    {
      what: 'Nova Lite for Claude Haiku 4.5, where it answers well enough',
      saves: after(figures, 'novaLite'),
    },
    {
      what: 'archive.graceHours: 1 (sealed logs leave the call log sooner)',
      saves: after(figures.with({ 'call.graceHours': 1 })),
    },
    {
      what: 'five calls a task instead of four (65 % of a core)',
      saves: after(figures.with({ 'agent.callsPerTask': 5 })),
    },
    {
      what: 'checkpoints each 10 s instead of 3 s (more of a tail may be cut off unseen)',
      saves: after(figures.with({ 'agent.journalPutsPerSecond': 0.1 })),
    },
  ];
  return levers.sort((a, b) => b.saves - a.saves);
}

function total(prices: Prices, figures: Figures, calls: number, model: Model): number {
  return [...costsOf(prices, figures, calls, model).components.values()].reduce((sum, each) => sum + each, 0);
}
