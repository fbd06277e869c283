import { intentOf, parseAnswer, parseKeyed } from '@vestibule/questionnaire';
import { ruleProblem } from '../../packages/questionnaire/src/engine/validate.ts';
import { itemFor } from './items.ts';
import type { Label } from './labels.ts';
import { lasts, written } from './written.ts';

/**
 * `right`: the value, or asked again, or known as unknown or declined, as labelled. `refused`: asked again although it was clear. `wrong`: something
 * else was taken down; `undoubted` when every content word was used, so that the fast lane would have taken it too.
 */
export type Verdict = 'right' | 'asked-again' | 'refused' | 'wrong' | 'undoubted';

export interface Judged {
  verdict: Verdict;
  got: string;
}

/** What the parsers make of a line, as the engine would: an intent first, else the value, held to the item's rules. */
export function judge(type: string, label: Label): Judged {
  const { got, covered } = outcome(type, label);
  if (label.value === '?') return got === '?' ? { verdict: 'asked-again', got } : wrong(got, covered);
  if (got === label.value || (type === 'duration' && sameLength(got, label.value)))
    return { verdict: 'right', got };
  if (type === 'address' && got === written(type, label.value)) return { verdict: 'right', got };
  return got === '?' ? { verdict: 'refused', got } : wrong(got, covered);
}

function wrong(got: string, covered: boolean): Judged {
  return { verdict: covered ? 'undoubted' : 'wrong', got };
}

function sameLength(a: string, b: string): boolean {
  const [first, second] = [lasts(a), lasts(b)];
  return first !== undefined && second !== undefined && Math.abs(first - second) <= first * 0.015;
}

function outcome(type: string, { known, said }: Label): { got: string; covered: boolean } {
  const context = { today: /^\d{4}-\d{2}-\d{2}/.exec(known)?.[0] ?? '2026-11-23' };
  const item = itemFor(type, known);
  const intent = intentOf(said);
  if (intent !== undefined) return { got: isKept(intent) ? intent : '?', covered: true };
  const parsed = type === 'keypad' ? parseKeyed(item, said, context) : parseAnswer(item, said, context);
  if (!parsed.ok) return { got: parsed.intent ?? '?', covered: true };
  if (ruleProblem(item, parsed.value, context)) return { got: '?', covered: false };
  return { got: written(item.type, parsed.value), covered: parsed.covered };
}

function isKept(intent: string): boolean {
  return intent === 'unknown' || intent === 'declined';
}
