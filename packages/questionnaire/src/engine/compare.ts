import { canonicalJson } from '@vestibule/core';
import type { AnswerValue, Condition, ConditionOperator } from '../types.ts';

/** Two answers that mean the same: codings by system and code, quantities by value and unit, all else literally. */
export function sameValue(a: AnswerValue, b: AnswerValue): boolean {
  if (isCoded(a) && isCoded(b)) {
    return a.code === b.code && (a.system === undefined || b.system === undefined || a.system === b.system);
  }
  if (isCoded(a) && typeof b === 'string') return a.code === b;
  if (isCoded(a) && typeof b === 'number') return numberOf(a) === b;
  return canonicalJson(a) === canonicalJson(b);
}

/**
 * One enableWhen condition on an item's answers, any of which may satisfy it. Without an answer only `exists` can
 * hold: R4 leaves `!=` on an unanswered item open, and a question must not come before the one it depends on.
 */
export function holds(
  condition: Pick<Condition, 'operator' | 'answer'>,
  values: readonly AnswerValue[],
): boolean {
  const { operator, answer } = condition;
  if (operator === 'exists') return values.length > 0 === answer;
  if (values.length === 0) return false;
  if (operator === '=') return values.some((value) => sameValue(value, answer));
  if (operator === '!=') return !values.some((value) => sameValue(value, answer));
  return values.some((value) => isOrdered(operator, compare(value, answer)));
}

function isOrdered(
  operator: Exclude<ConditionOperator, 'exists' | '=' | '!='>,
  order: number | undefined,
): boolean {
  if (order === undefined) return false;
  switch (operator) {
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
  }
}

/** Negative, zero or positive; undefined for what has no order (other types, other units). */
export function compare(a: AnswerValue, b: AnswerValue): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // Scales are often coded: an option "3" compared with the number 3.
  if (isCoded(a) && typeof b === 'number') return numberOf(a) - b || (numberOf(a) === b ? 0 : undefined);
  // ISO dates and times are ordered as text, as far as the shorter one goes.
  if (typeof a === 'string' && typeof b === 'string') {
    const length = Math.min(a.length, b.length);
    const [x, y] = [a.slice(0, length), b.slice(0, length)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (typeof a === 'object' && typeof b === 'object' && 'value' in a && 'value' in b) {
    const sameUnit = a.code === undefined || b.code === undefined || a.code === b.code;
    return sameUnit ? a.value - b.value : undefined;
  }
  return undefined;
}

function numberOf({ code, display }: Extract<AnswerValue, { display: string }>): number {
  const text = /^-?\d/.test(code) ? code : display;
  return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function isCoded(value: AnswerValue): value is Extract<AnswerValue, { display: string }> {
  return typeof value === 'object' && 'display' in value;
}
