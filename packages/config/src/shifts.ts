import { z } from 'zod';
import { type LocalDay, localTime, weekdays } from './local-time.ts';

const timeOfDay = (description: string, example: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day (HH:MM)')
    .meta({ description, examples: [example] });

export const shift = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays])
    .meta({ description: 'Days on which it begins', examples: [['mon', 'tue', 'wed', 'thu', 'fri']] }),
  from: timeOfDay('When it begins', '18:00'),
  to: timeOfDay('When it ends; at or before `from`: on the next day', '08:00'),
});

export const holidays = z
  .array(z.iso.date('is not a date (YYYY-MM-DD)'))
  .default([])
  .meta({ description: 'Days on which no shift begins', examples: [['2026-12-25']] });

interface Shifts {
  readonly hours: readonly Readonly<{ days: readonly string[]; from: string; to: string }>[];
  readonly holidays: readonly string[];
}

/** Whether one of the shifts is on; without any, every hour is, holidays excepted. */
export function isOnShift({ hours, holidays: days }: Shifts, atMs: number, timezone: string): boolean {
  const now = localTime(atMs, timezone);
  if (hours.length === 0) return !days.includes(now.date);
  return hours.some(({ days: on, from, to }) => {
    const begins = (day: LocalDay) => on.includes(day.weekday) && !days.includes(day.date);
    if (from < to) return begins(now) && from <= now.time && now.time < to;
    return (begins(now) && from <= now.time) || (begins(now.yesterday) && now.time < to);
  });
}
