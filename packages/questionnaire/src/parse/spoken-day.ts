import type { Item, ParseContext } from '../types.ts';
import { resolveBound } from './bounds.ts';
import { isDay, isoDay, parseIsoDay, plus } from './calendar.ts';
import { holidayIn, type MonthDay } from './holidays.ts';

/** What was said of a day. All three parts make a date; fewer are asked for again, never guessed. */
export interface SpokenDay {
  year?: number;
  month?: number;
  day?: number;
  /** A day of the week by itself, 0 for Sunday: which one is for the item's bounds to say. */
  weekday?: number;
  /** That day of the week after the day named before. */
  after?: true;
  /** A day known by its name, instead of month and day. */
  holiday?: string;
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
/** What happened within so many years is told by its latest day of that name; a birthday is not. */
const recentYears = 10;

/** Whether days lie in a past so near that one without its year is the latest. */
export function isRecent({ today, past, earliest }: DayOptions): boolean {
  return past && earliest !== undefined && earliest >= plus(today, -recentYears, 'year');
}

/**
 * The year of a day that was named without one, where only one can be meant: the next for what lies ahead, the only
 * one within the bounds, the latest of a near past, the nearest beside a time of day. Else undefined.
 */
export function impliedYear(
  dayIn: (year: number) => MonthDay | undefined,
  options: DayOptions,
): number | undefined {
  const { today, earliest, latest, ahead, near } = options;
  const years = Array.from({ length: 11 }, (_, index) => Number(today.slice(0, 4)) - 5 + index);
  const days = years
    .flatMap((year) => {
      const day = dayIn(year);
      return day && isDay({ year, ...day }) ? [isoDay({ year, ...day })] : [];
    })
    .filter((iso) => (earliest === undefined || iso >= earliest) && (latest === undefined || iso <= latest));
  const yearOf = (iso: string | undefined) => (iso === undefined ? undefined : Number(iso.slice(0, 4)));
  if (ahead) return yearOf(days.find((iso) => iso >= today));
  const bounded = earliest !== undefined && earliest >= plus(today, -4, 'year') && latest !== undefined;
  if (bounded && days.length === 1) return yearOf(days[0]);
  // Today a year ago or today: nobody calls today by its date.
  if (isRecent(options) && !days.includes(today)) return yearOf(days.at(-1));
  if (!near) return undefined;
  return yearOf(
    days.find((iso) => iso >= plus(today, -nearDays, 'day') && iso <= plus(today, nearDays, 'day')),
  );
}

/** The month of a day that was named by its number alone ("the fourth"): the latest of a near past, or the next. */
export function impliedMonth(day: number, options: DayOptions): { year: number; month: number } | undefined {
  const { today, ahead } = options;
  if (!ahead && !isRecent(options)) return undefined;
  const months = Array.from({ length: 5 }, (_, index) => {
    const [year = 0, month = 0] = plus(`${today.slice(0, 7)}-01`, index - 2, 'month')
      .split('-')
      .map(Number);
    return { year, month };
  }).filter(({ year, month }) => isDay({ year, month, day }));
  const iso = (one: { year: number; month: number }) => isoDay({ ...one, day });
  return ahead ? months.find((one) => iso(one) >= today) : months.findLast((one) => iso(one) <= today);
}

/** The month and day of a holiday, or of what was said, in a year. */
export function monthDayOf({
  month,
  day,
  holiday,
}: SpokenDay): ((year: number) => MonthDay | undefined) | undefined {
  if (holiday !== undefined) return (year) => holidayIn(holiday, year);
  return month === undefined || day === undefined ? undefined : () => ({ month, day });
}
