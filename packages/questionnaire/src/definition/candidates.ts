import { parseIsoDay, plus } from '../parse/calendar.ts';
import { compare, holds } from '../engine/compare.ts';
import type { AnswerValue, Condition, Item, QuantityValue } from '../types.ts';

/**
 * Values of an item that stand for all it can have, as far as these conditions tell them apart: every option; of numbers and days
 * those compared with, their neighbours and the bounds. What lies outside the item's bounds is left out.
 */
export function candidatesOf(item: Item, conditions: readonly Condition[]): AnswerValue[] {
  const compared = conditions
    .filter(({ linkId, operator }) => linkId === item.linkId && operator !== 'exists')
    .map(({ answer }) => answer);
  return unbounded(item, compared).filter((value) => isWithin(item, value));
}

/** Whether one answer (or none) to the item can satisfy all of the conditions on it together; of several answers each is asked alone. */
export function canSatisfy(item: Item, conditions: readonly Condition[]): boolean {
  const answers = [[], ...candidatesOf(item, conditions).map((value) => [value])];
  const together = (wanted: readonly Condition[]) =>
    answers.some((values) => wanted.every((condition) => holds(condition, values)));
  return item.repeats ? conditions.every((condition) => together([condition])) : together(conditions);
}

function unbounded(item: Item, compared: readonly AnswerValue[]): AnswerValue[] {
  const options = (item.offered ?? item.options).map(({ value }) => value);
  const isClosed = item.type !== 'open-choice' && options.length > 0 && item.logic?.answers === undefined;
  if (isClosed) return options;
  switch (item.type) {
    case 'group':
    case 'display':
      return [];
    case 'boolean':
      return [true, false];
    case 'integer':
      return numbers(item, compared, 1).filter(Number.isInteger);
    case 'decimal':
      return numbers(item, compared, 0.5);
    case 'quantity':
      return quantities(item, compared);
    case 'date':
    case 'dateTime':
      return ['1000-01-01', ...texts(compared).flatMap(daysAround), '9999-12-31'];
    case 'time':
      return ['00:00:00', ...texts(compared).flatMap(minutesAround), '23:59:59'];
    default:
      return [...options, ...compared, 'something else'];
  }
}

function numbers(item: Item, compared: readonly AnswerValue[], apart: number): number[] {
  const { minimum, maximum } = item.rules;
  const fixed = [...compared, minimum, maximum].filter((value) => typeof value === 'number');
  return around(fixed.length > 0 ? fixed : [0], apart);
}

/** Each number, what lies beside it, and what lies between it and the next. */
function around(values: readonly number[], apart: number): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((value, index) => (value + sorted[index]!) / 2);
  return [...new Set([...sorted.flatMap((value) => [value - apart, value, value + apart]), ...between])];
}

function quantities(item: Item, compared: readonly AnswerValue[]): QuantityValue[] {
  const isQuantity = (value: unknown): value is QuantityValue =>
    typeof value === 'object' && value !== null && 'value' in value;
  const fixed = [...compared, item.rules.minimum, item.rules.maximum].filter(isQuantity);
  const values = around(
    fixed.map(({ value }) => value),
    0.5,
  );
  const units = fixed.length > 0 ? fixed : [{ ...item.unit, value: 0 }];
  return units.flatMap((unit) => values.map((value) => ({ ...unit, value })));
}

const texts = (values: readonly AnswerValue[]) => values.filter((value) => typeof value === 'string');

function daysAround(text: string): string[] {
  const day = text.slice(0, 10);
  return parseIsoDay(day) ? [plus(day, -1, 'day'), text, plus(day, 1, 'day')] : [text];
}

function minutesAround(text: string): string[] {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  const at = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  const minutes = hour * 60 + minute;
  return [at(Math.max(0, minutes - 1)), text, at(Math.min(1439, minutes + 1))];
}

function isWithin({ rules }: Item, value: AnswerValue): boolean {
  const beyond = (bound: Item['rules']['minimum'], side: -1 | 1): boolean => {
    // A bound counted from the day of the call is not known before it.
    if (bound === undefined || (typeof bound === 'object' && 'todayPlus' in bound)) return false;
    return (compare(value, bound) ?? 0) * side > 0;
  };
  return !beyond(rules.maximum, 1) && !beyond(rules.minimum, -1);
}
