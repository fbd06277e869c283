import type { ParsedAnswer } from '../types.ts';
import { answered } from './answered.ts';
import { decimalNumber } from './broken-numbers.ts';
import { isoDay, plus } from './calendar.ts';
import { dayIn } from './dates.ts';
import { displayLength, isoLength, lengthAt } from './lengths.ts';
import { parsePartialDate } from './partial-dates.ts';
import type { Token } from './tokens.ts';

/** How long it has been from a day, a month or a year that is named, up to today: "since Friday", "started yesterday", "since 2019". */
export function sinceThen(
  tokens: readonly Token[],
  today: string,
  carriers: ReadonlySet<string>,
): ParsedAnswer | undefined {
  const at = tokens.findIndex(({ word }) => word === 'since');
  const measured = tokens.some((_, index) => lengthAt(tokens, index));
  if (at < 0 && (measured || !isDayAlone(tokens))) return undefined;
  return (
    sinceDay(tokens, at + 1, today, carriers) ??
    (at < 0 || measured ? undefined : sinceMonth(tokens.slice(at + 1), today))
  );
}

const began = /^(?:started|starting|began|begun|from|noticed|came|happened|kicked|woke|hit)$/;

/** "Started yesterday", "Saturday": a day, and no number that something else may be counted by. */
function isDayAlone(tokens: readonly Token[]): boolean {
  return tokens.some(({ word }) => began.test(word)) || !tokens.some((_, at) => decimalNumber(tokens, at));
}

function sinceDay(
  tokens: readonly Token[],
  from: number,
  today: string,
  carriers: ReadonlySet<string>,
): ParsedAnswer | undefined {
  const earliest = plus(today, -10, 'year');
  const heard = dayIn(tokens.slice(from), { today, earliest, latest: today, past: true, ahead: false });
  if ('problem' in heard) return undefined;
  const days = Math.round((Date.parse(today) - Date.parse(isoDay(heard.day))) / 86_400_000);
  if (days <= 0) return undefined;
  const value = isoLength({ months: 0, days, minutes: 0 });
  const matches = heard.matches.map((match) => ({
    ...match,
    start: match.start + from,
    end: match.end + from,
  }));
  return answered(value, displayLength(value), { tokens, matches, carriers, corrected: heard.corrected });
}

/** "Since March", "since 2019": whole months, or whole years where no month is said. */
function sinceMonth(tokens: readonly Token[], today: string): ParsedAnswer | undefined {
  const words = tokens.map(({ raw }) => raw).join(' ');
  const parsed = parsePartialDate(words, { today, past: true, ahead: false });
  const said =
    parsed.ok && typeof parsed.value === 'string' ? /^(\d{4})(?:-(\d{2}))?$/.exec(parsed.value) : null;
  if (!parsed.ok || !said) return undefined;
  const [year, month] = [Number(said[1]), said[2] === undefined ? undefined : Number(said[2])];
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number);
  const months = (thisYear - year) * 12 + (month === undefined ? 0 : thisMonth - month);
  if (months <= 0) return undefined;
  const value = isoLength({ months, days: 0, minutes: 0 });
  const { covered, unused, confidence = 1 } = parsed;
  return { ok: true, value, display: displayLength(value), covered, unused, confidence };
}
