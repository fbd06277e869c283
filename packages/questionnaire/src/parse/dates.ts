import type { ParsedAnswer } from '../types.ts';
import { displayDay } from '../speak/displays.ts';
import { answered, type Refused, refused } from './answered.ts';
import { decimalNumber } from './broken-numbers.ts';
import { type Day, isDay, isoDay, parseIsoDay, weekday } from './calendar.ts';
import { calendarDayAt, fullYear } from './calendar-days.ts';
import { yearAt } from './date-words.ts';
import { holidayIn } from './holidays.ts';
import { repairNumbers } from './homophones.ts';
import { relativeDayAt } from './relative-days.ts';
import { capitalised, weekdayAfter, weekdayBefore } from './weekdays.ts';
import {
  type DayOptions,
  impliedMonth,
  impliedYear,
  isRecent,
  monthDayOf,
  type SpokenDay,
} from './spoken-day.ts';
import { isDenied, undenied } from './standing.ts';
import { isCorrecting } from './taken-back.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  "born on of in at date birth birthday birthdate dob day month year is was the since for from last about around comma and he she his her they he's she's morning afternoon evening night",
);

export function parseDate(words: string, options: DayOptions): ParsedAnswer {
  const { tokens, repaired } = repairNumbers(tokenize(words));
  const heard = dayIn(tokens, options);
  if ('problem' in heard) return heard;
  const { day, matches, corrected } = heard;
  return answered(isoDay(day), displayDay(day), { tokens, matches, carriers, corrected, repaired });
}

export interface HeardDay {
  day: Day;
  matches: readonly Match<SpokenDay>[];
  corrected: boolean;
}

/** The one whole day among the words, or what is missing. */
export function dayIn(tokens: readonly Token[], options: DayOptions): HeardDay | Refused {
  const all = anchored(daysAmong(tokens, options), options);
  const matches = withoutNames(withoutToday(undenied(tokens, all), options));
  // "Friday, November 27": the day of the week only goes along with the date.
  const dated = matches.filter((match) => match.value.weekday === undefined);
  const named = (dated.length > 0 ? dated : matches).map((match, index, before) => ({
    ...match,
    value: inheriting(match.value, before[index - 1]?.value),
  }));
  const apart = yearApart(tokens, named, options);
  const candidates = named.map((match) => ({
    ...match,
    value: completed(apart ? { ...match.value, year: apart.value } : match.value, options),
  }));
  const settled = settle(tokens, candidates);
  if (!settled) {
    if (matches.length > 1) return refused('ambiguous', 'I heard more than one date.');
    return refused('not-understood', 'I could not make out a date.');
  }
  const { year, month, day, unclear } = settled.value;
  if (unclear !== undefined) return refused('ambiguous', unclear);
  if (isDenied(tokens, settled.match)) return refused('ambiguous', 'Which day is it, then?');
  if (isRough(tokens, settled.match)) return refused('ambiguous', 'Which day was it exactly?');
  if (month === undefined || day === undefined) return incomplete('I still need the month and the day.');
  if (year === undefined) return incomplete('I still need the year.');
  const amended = yearInstead(tokens, settled.match, options);
  const whole: Day = { year: amended?.value ?? year, month, day };
  if (!isDay(whole)) return refused('wrong-format', 'That day does not exist in the calendar.');
  const beside = dated.length > 0 ? matches.find((match) => match.value.weekday !== undefined) : undefined;
  if (beside && beside.value.weekday !== weekday(isoDay(whole))) {
    const problem = `${displayDay(whole)} is not a ${capitalised(beside.value.weekday!)}.`;
    return refused('ambiguous', problem);
  }
  const used = [...all, ...[apart, amended].flatMap((one) => (one ? [{ ...one, value: {} }] : []))];
  const corrected = settled.corrected || amended !== undefined || matches.length < all.length;
  return { day: whole, matches: used, corrected };
}

/** Days of the month by number alone ("the fourth") count only where the bounds say which month, or one was said before. */
function daysAmong(tokens: readonly Token[], options: DayOptions): readonly Match<SpokenDay>[] {
  const all = findAll(tokens, (every, at) => spokenDayAt(every, at, options));
  const placed = all.some(({ value }) => value.month !== undefined || value.holiday !== undefined);
  return all.filter(({ value }) => {
    const alone = value.day !== undefined && value.month === undefined;
    return !alone || placed || impliedMonth(value.day!, options) !== undefined;
  });
}

/** "June ninth, seventy three. No, seventy two.": only the year is put right. */
function yearInstead(
  tokens: readonly Token[],
  { end, value }: Match<SpokenDay>,
  options: DayOptions,
): Match<number> | undefined {
  if (value.year === undefined || !isCorrecting(tokens, end)) return undefined;
  const at = tokens.findIndex((_, index) => index > end && !isCorrecting(tokens, index));
  const spoken = at < 0 ? undefined : yearAt(tokens, at);
  const year = spoken?.end === tokens.length ? fullYear(spoken.value, options) : undefined;
  return year === undefined ? undefined : { value: year, start: end, end: tokens.length };
}

/** "Not Thanksgiving, the Friday after": counted from the day before it, which may be denied. */
function anchored(matches: readonly Match<SpokenDay>[], options: DayOptions): Match<SpokenDay>[] {
  return matches.reduce<Match<SpokenDay>[]>((done, match) => {
    const base = done.at(-1) && completed(done.at(-1)!.value, options);
    const { year, month, day } = base ?? {};
    if (match.value.after !== true) return [...done, match];
    if (year === undefined || month === undefined || day === undefined) return done;
    const iso = weekdayAfter(isoDay({ year, month, day }), match.value.weekday!);
    return [...done, { ...match, value: parseIsoDay(iso)! }];
  }, []);
}

/** "I'm a hundred today, November twenty third nineteen twenty six": nobody is asked for the day of the call by a birth date. */
function withoutToday(
  matches: readonly Match<SpokenDay>[],
  options: DayOptions,
): readonly Match<SpokenDay>[] {
  if (!options.past || isRecent(options)) return matches;
  const now = Number(options.today.slice(0, 4));
  const old = matches.filter(({ value }) => value.year === undefined || value.year < now);
  return old.some(({ value }) => value.month !== undefined) ? old : matches;
}

/** "Leap day, February twenty ninth, forty four": the name of a day that its date is said of, too. */
function withoutNames(matches: readonly Match<SpokenDay>[]): readonly Match<SpokenDay>[] {
  const leapYear = 2024;
  return matches.filter(({ value: { holiday } }) => {
    if (holiday === undefined) return true;
    return !matches.some(({ value }) => {
      const named = holidayIn(holiday, value.year ?? leapYear);
      return value.month !== undefined && named?.month === value.month && named.day === value.day;
    });
  });
}

/** "My birthday is May twenty eighth, and I was born in eighty three": the year, where it is said apart from its day. */
function yearApart(
  tokens: readonly Token[],
  matches: readonly Match<SpokenDay>[],
  options: DayOptions,
): Match<number> | undefined {
  // With a first day that is allowed, a year that belongs to something else is likely to be noticed.
  if (!options.past || options.earliest === undefined || isRecent(options) || matches.length === 0)
    return undefined;
  if (
    matches.some(
      ({ value }) => value.year !== undefined || value.day === undefined || value.month === undefined,
    )
  )
    return undefined;
  const rest = tokens.map((token, at) =>
    matches.some(({ start, end }) => at >= start && at < end) ? { ...token, word: '' } : token,
  );
  const found = findAll(rest, (all, at) => {
    const spoken = yearAt(all, at);
    const led = /^(?:in|of|year|was|born)$/.test(all[at - 1]?.word ?? '');
    const year = spoken && (spoken.value.full || led) ? fullYear(spoken.value, options) : undefined;
    return year === undefined ? undefined : { value: year, start: at, end: spoken!.end };
  });
  return new Set(found.map(({ value }) => value)).size === 1 ? found[0] : undefined;
}

/** "December fifteenth, sorry, the sixteenth": the month of the day before. */
function inheriting(value: SpokenDay, before: SpokenDay | undefined): SpokenDay {
  if (value.day === undefined || value.month !== undefined || before?.month === undefined) return value;
  const { year, month } = before;
  return { ...(year === undefined ? {} : { year }), month, day: value.day };
}

/** "About two weeks ago", "around Thanksgiving" name no day. */
function isRough(tokens: readonly Token[], { start }: Match<unknown>): boolean {
  if (tokens[start - 1]?.pause) return false;
  const before = tokens.slice(Math.max(0, start - 2), start).map(({ word }) => word);
  if (/^(?:how|what)$/.test(before[0] ?? '') && before[1] === 'about') return false;
  if (/^(?:or|to)$/.test(before.at(-1) ?? '') && decimalNumber(tokens, start - 2)?.end === start - 1)
    return true;
  const last = before.at(-1) === 'like' || before.at(-1) === 'the' ? before[0] : before.at(-1);
  return /^(?:about|around|roughly|approximately|sometime|circa|near|nearly|almost|before|after)$/.test(
    last ?? '',
  );
}

function incomplete(problem: string): Refused {
  return refused('incomplete', problem);
}

/** The day, whole or in part, that stands at `at`. */
function spokenDayAt(
  tokens: readonly Token[],
  at: number,
  options: DayOptions,
): Match<SpokenDay> | undefined {
  // "Two weeks ago" is counted before "two weeks" can be taken for anything else.
  return relativeDayAt(tokens, at, options) ?? calendarDayAt(tokens, at, options);
}

/** A year left out, or a day of the week, where the item's bounds tell which one is meant. */
function completed(spoken: SpokenDay, options: DayOptions): SpokenDay {
  const { today, past, ahead } = options;
  if (spoken.weekday !== undefined) {
    if (ahead) return parseIsoDay(weekdayAfter(today, spoken.weekday))!;
    if (past) return parseIsoDay(weekdayBefore(today, spoken.weekday))!;
    const name = capitalised(spoken.weekday);
    return { unclear: `Is that last ${name}, or the ${name} to come?` };
  }
  const { year, month, day } = spoken;
  if (day !== undefined && month === undefined) return { ...impliedMonth(day, options), day };
  const dayOf = monthDayOf(spoken);
  if (!dayOf) return spoken;
  const implied = year ?? impliedYear(dayOf, options);
  return implied === undefined ? (month === undefined ? {} : spoken) : { year: implied, ...dayOf(implied) };
}
