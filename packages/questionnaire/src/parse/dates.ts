import type { ParsedAnswer } from '../types.ts';
import { displayDay } from '../speak/displays.ts';
import { type Day, isDay, isoDay, parseIsoDay, weekday } from './calendar.ts';
import { calendarDayAt } from './calendar-days.ts';
import { capitalised, relativeDayAt, weekdayAfter, weekdayBefore } from './relative-days.ts';
import { type DayOptions, impliedYear, type SpokenDay } from './spoken-day.ts';
import {
  correctionWords,
  findAll,
  type Match,
  settle,
  type Token,
  tokenize,
  unusedWords,
  wordSet,
} from './tokens.ts';

const carriers = wordSet(
  "born on of in at date birth birthday birthdate dob day month year is was the since for from last about around comma and he she his her they he's she's morning afternoon evening night",
);

export function parseDate(words: string, options: DayOptions): ParsedAnswer {
  const tokens = tokenize(words);
  const heard = dayIn(tokens, options);
  if ('problem' in heard) return heard;
  const extra = heard.corrected ? new Set([...carriers, ...correctionWords]) : carriers;
  const unused = unusedWords(tokens, heard.matches, extra);
  return {
    ok: true,
    value: isoDay(heard.day),
    display: displayDay(heard.day),
    covered: unused.length === 0,
    unused,
  };
}

export interface HeardDay {
  day: Day;
  matches: readonly Match<SpokenDay>[];
  corrected: boolean;
}

/** The one whole day among the words, or what is missing. */
export function dayIn(
  tokens: readonly Token[],
  options: DayOptions,
): HeardDay | Extract<ParsedAnswer, { ok: false }> {
  const matches = findAll(tokens, (all, at) => spokenDayAt(all, at, options));
  // "Friday, November 27": the day of the week only goes along with the date.
  const dated = matches.filter((match) => match.value.weekday === undefined);
  const candidates = (dated.length > 0 ? dated : matches).map((match) => ({
    ...match,
    value: completed(match.value, options),
  }));
  const settled = settle(tokens, candidates);
  if (!settled) {
    if (matches.length > 1) return { ok: false, code: 'ambiguous', problem: 'I heard more than one date.' };
    return { ok: false, code: 'not-understood', problem: 'I could not make out a date.' };
  }
  const { year, month, day, unclear } = settled.value;
  if (unclear !== undefined) return { ok: false, code: 'ambiguous', problem: unclear };
  if (month === undefined || day === undefined) return incomplete('I still need the month and the day.');
  if (year === undefined) return incomplete('I still need the year.');
  const whole: Day = { year, month, day };
  if (!isDay(whole))
    return { ok: false, code: 'wrong-format', problem: 'That day does not exist in the calendar.' };
  const named = dated.length > 0 ? matches.find((match) => match.value.weekday !== undefined) : undefined;
  if (named && named.value.weekday !== weekday(isoDay(whole))) {
    const problem = `${displayDay(whole)} is not a ${capitalised(named.value.weekday!)}.`;
    return { ok: false, code: 'ambiguous', problem };
  }
  return { day: whole, matches, corrected: settled.corrected };
}

function incomplete(problem: string): Extract<ParsedAnswer, { ok: false }> {
  return { ok: false, code: 'incomplete', problem };
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
  if (year !== undefined || month === undefined || day === undefined) return spoken;
  const implied = impliedYear(month, day, options);
  return implied === undefined ? spoken : { year: implied, month, day };
}
