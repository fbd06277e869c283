import { type Config, isOnShift, localTime, zonesOf } from '@vestibule/config';

const quarterMs = 900_000;

type Settings = NonNullable<Config['callBacks']>;

/** Whether a number may be rung at that time: no quiet hour wherever its owner may be, and our own hours. A number of which no zone is known never is. */
export function mayRing(settings: Settings, timezone: string, number: string, atMs: number): boolean {
  const zones = zonesOf(settings, number);
  return (
    zones.length > 0 &&
    !zones.some((zone) => isQuiet(settings, zone, atMs)) &&
    isOnShift(settings, atMs, timezone)
  );
}

function isQuiet({ quiet: { from, to } }: Settings, zone: string, atMs: number): boolean {
  const { time } = localTime(atMs, zone);
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** The first time from `fromMs` on, and before `untilMs`, at which it may be: `fromMs` itself, or a quarter of an hour. */
export function nextTime(
  settings: Settings,
  timezone: string,
  number: string,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): number | undefined {
  for (let at = fromMs; at < untilMs; at = (Math.floor(at / quarterMs) + 1) * quarterMs)
    if (mayRing(settings, timezone, number, at)) return at;
  return undefined;
}

/** Local date and time, YYYY-MM-DDTHH:MM:SS, as ms since the epoch; one that a clock skips is as much later. */
export function instantOf(local: string, timezone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const offset = (at: number) => {
    const { date, time } = localTime(at, timezone);
    return Date.parse(`${date}T${time}:00Z`) - Math.floor(at / 60_000) * 60_000;
  };
  const first = asUtc - offset(asUtc);
  const second = asUtc - offset(first);
  return second + offset(second) === asUtc ? second : Math.max(first, second);
}
