export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export interface LocalDay {
  /** YYYY-MM-DD */
  date: string;
  weekday: (typeof weekdays)[number];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a hundred times as long as using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** What clock (HH:MM) and calendar show there. */
export function localTime(atMs: number, timeZone: string): LocalDay & { time: string; yesterday: LocalDay } {
  const [date = '', time = ''] = formatOf(timeZone).format(atMs).split(', ');
  return { ...dayOf(date, 0), time, yesterday: dayOf(date, -1) };
}

/** Calendar days are counted in UTC, where each has 24 hours. */
function dayOf(date: string, offset: number): LocalDay {
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + offset * 86_400_000);
  return { date: day.toISOString().slice(0, 10), weekday: weekdays[day.getUTCDay()]! };
}
