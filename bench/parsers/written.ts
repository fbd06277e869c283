import type { AnswerValue } from '@vestibule/questionnaire';

/** A value as the labels write it. */
export function written(type: string, value: AnswerValue): string {
  if (typeof value === 'object')
    return 'display' in value ? value.code : `${value.value} ${value.code ?? value.unit ?? ''}`.trim();
  if (type === 'time' || type === 'dateTime') return String(value).replace(/:00$/, '');
  if (type === 'address') return addressOf(String(value));
  return String(value);
}

function addressOf(json: string): string {
  if (!json.startsWith('{')) return json;
  const { line, city, state, postalCode } = JSON.parse(json) as Record<string, string | undefined>;
  return [line, city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
}

const minutes = { Y: 525_960, M: 43_830, W: 10_080, D: 1440, H: 60 } as const;

/** The length of an ISO 8601 duration in minutes, with average months; undefined for anything else. */
export function lasts(iso: string): number | undefined {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso);
  if (!match) return undefined;
  const [years, months, weeks, days, hours, mins] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    years! * minutes.Y +
    months! * minutes.M +
    weeks! * minutes.W +
    days! * minutes.D +
    hours! * minutes.H +
    mins!
  );
}
