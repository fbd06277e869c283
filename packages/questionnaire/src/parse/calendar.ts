/** Calendar arithmetic on ISO days (`YYYY-MM-DD`, proleptic Gregorian), without a clock or a time zone. */

export interface Day {
  year: number;
  month: number;
  day: number;
}

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000, month, 0)).getUTCDate() - (month === 2 && !isLeap(year) ? 1 : 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function isDay({ year, month, day }: Day): boolean {
  return (
    year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The day that an ISO date or dateTime names; undefined for anything else. */
export function parseIsoDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(text);
  if (!match) return undefined;
  const day = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isDay(day) ? day : undefined;
}

/** Moves an ISO day. A month or year later than the 31st (or 29 February) ends on the month's last day. */
export function plus(iso: string, count: number, unit: 'day' | 'week' | 'month' | 'year'): string {
  const start = parseIsoDay(iso)!;
  if (unit === 'day' || unit === 'week') {
    const days = unit === 'week' ? count * 7 : count;
    const moved = new Date(Date.UTC(start.year, start.month - 1, start.day) + days * 86_400_000);
    return isoDay({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
  }
  const months = start.year * 12 + (start.month - 1) + (unit === 'year' ? count * 12 : count);
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  return isoDay({ year, month, day: Math.min(start.day, daysInMonth(year, month)) });
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(iso: string): number {
  const { year, month, day } = parseIsoDay(iso)!;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
