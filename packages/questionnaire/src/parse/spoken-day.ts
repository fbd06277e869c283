import type { Item, ParseContext } from '../types.ts';
import { resolveBound } from './bounds.ts';
import { isDay, isoDay, parseIsoDay, plus } from './calendar.ts';

/** What was said of a day. All three parts make a date; fewer are asked for again, never guessed. */
export interface SpokenDay {
  year?: number;
  month?: number;
  day?: number;
  /** A day of the week by itself, 0 for Sunday: which one is for the item's bounds to say. */
  weekday?: number;
  /** What to ask, where the words may mean several days. */
  unclear?: string;
}

export interface DayOptions extends ParseContext {
  /** The first and the last day that the item takes, `YYYY-MM-DD`. */
  earliest?: string;
  latest?: string;
  /** The date lies in the past (a birth date), so "eighty five" can only be one century. */
  past: boolean;
  /** The date lies ahead (an appointment). */
  ahead: boolean;
  /** A day without its year is the nearest one: where a time of day is wanted too. */
  near?: boolean;
}

/** What the bounds of an item tell about days that are named in part. */
export function dayOptionsOf(item: Item, { today }: ParseContext): DayOptions {
  const earliest = dayOf(item.rules.minimum, today);
  const latest = dayOf(item.rules.maximum, today);
  return {
    today,
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
    past: latest !== undefined && latest <= today,
    ahead: earliest !== undefined && earliest >= today,
    near: item.type === 'dateTime',
  };
}

function dayOf(bound: Item['rules']['minimum'], today: string): string | undefined {
  const value = bound === undefined ? undefined : resolveBound(bound, today);
  return typeof value === 'string' && parseIsoDay(value) ? value.slice(0, 10) : undefined;
}

const nearDays = 90;

/**
 * The year of a day that was named without one, where only one can be meant: the next for what lies ahead, the only
 * one within the bounds, the nearest beside a time of day. Else undefined.
 */
export function impliedYear(month: number, day: number, options: DayOptions): number | undefined {
  const { today, earliest, latest, ahead, near } = options;
  const years = Array.from({ length: 11 }, (_, index) => Number(today.slice(0, 4)) - 5 + index);
  const days = years
    .filter((year) => isDay({ year, month, day }))
    .map((year) => isoDay({ year, month, day }))
    .filter((iso) => (earliest === undefined || iso >= earliest) && (latest === undefined || iso <= latest));
  const yearOf = (iso: string | undefined) => (iso === undefined ? undefined : Number(iso.slice(0, 4)));
  if (ahead) return yearOf(days.find((iso) => iso >= today));
  const bounded = earliest !== undefined && earliest >= plus(today, -4, 'year') && latest !== undefined;
  if (bounded && days.length === 1) return yearOf(days[0]);
  if (!near) return undefined;
  return yearOf(
    days.find((iso) => iso >= plus(today, -nearDays, 'day') && iso <= plus(today, nearDays, 'day')),
  );
}
