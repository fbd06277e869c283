import type { AnswerValue, Bound } from '../types.ts';
import { plus } from './calendar.ts';

/** A bound as a value: one counted from the day of the call becomes that day. */
export function resolveBound(bound: Bound, today: string): AnswerValue {
  return typeof bound === 'object' && 'todayPlus' in bound ? plus(today, bound.todayPlus, bound.unit) : bound;
}
