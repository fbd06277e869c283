import type { ParsedAnswer } from '../types.ts';
import { displayDay } from '../speak/displays.ts';
import { answered, type Refused, refused } from './answered.ts';
import { type Day, isDay, isoDay, parseIsoDay, weekday } from './calendar.ts';
import { calendarDayAt } from './calendar-days.ts';
import { repairNumbers } from './homophones.ts';
import { capitalised, relativeDayAt, weekdayAfter, weekdayBefore } from './relative-days.ts';
import { type DayOptions, impliedMonth, impliedYear, monthDayOf, type SpokenDay } from './spoken-day.ts';
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
  const matches = daysAmong(tokens, options);
  // "Friday, November 27": the day of the week only goes along with the date.
  const dated = matches.filter((match) => match.value.weekday === undefined);
  const candidates = (dated.length > 0 ? dated : matches).map((match, index, all) => ({
    ...match,
    value: completed(inheriting(match.value, all[index - 1]?.value), options),
  }));
  const settled = settle(tokens, candidates);
  if (!settled) {
    if (matches.length > 1) return refused('ambiguous', 'I heard more than one date.');
    return refused('not-understood', 'I could not make out a date.');
  }
  const { year, month, day, unclear } = settled.value;
  if (unclear !== undefined) return refused('ambiguous', unclear);
  if (isRough(tokens, settled.match)) return refused('ambiguous', 'Which day was it exactly?');
  if (month === undefined || day === undefined) return incomplete('I still need the month and the day.');
  if (year === undefined) return incomplete('I still need the year.');
  const whole: Day = { year, month, day };
  if (!isDay(whole)) return refused('wrong-format', 'That day does not exist in the calendar.');
  const named = dated.length > 0 ? matches.find((match) => match.value.weekday !== undefined) : undefined;
  if (named && named.value.weekday !== weekday(isoDay(whole))) {
    const problem = `${displayDay(whole)} is not a ${capitalised(named.value.weekday!)}.`;
    return refused('ambiguous', problem);
  }
  return { day: whole, matches, corrected: settled.corrected };
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

/** "December fifteenth, sorry, the sixteenth": the month of the day before. */
function inheriting(value: SpokenDay, before: SpokenDay | undefined): SpokenDay {
  if (value.day === undefined || value.month !== undefined || before?.month === undefined) return value;
  const { year, month } = before;
  return { ...(year === undefined ? {} : { year }), month, day: value.day };
}

/** "About two weeks ago", "around Thanksgiving" name no day. */
function isRough(tokens: readonly Token[], { start }: Match<unknown>): boolean {
  const before = tokens.slice(Math.max(0, start - 2), start).map(({ word }) => word);
  if (/^(?:how|what)$/.test(before[0] ?? '') && before[1] === 'about') return false;
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
