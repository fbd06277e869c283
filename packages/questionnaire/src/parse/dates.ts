import type { ParseContext, ParsedAnswer } from '../types.ts';
import { type Day, isDay, isoDay, parseIsoDay, plus, weekday } from './calendar.ts';
import { displayDay } from '../speak/displays.ts';
import { dayAt, monthAt, numberOfTwoDigits, type SpokenYear, yearAt } from './date-words.ts';
import { cardinal, digitOf } from './numbers.ts';
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

/** What was said of a day. All three parts make a date; fewer are asked for again, never guessed. */
export interface SpokenDay {
  year?: number;
  month?: number;
  day?: number;
}

export interface DateOptions extends ParseContext {
  /** The date lies in the past (a birth date), so "eighty five" can only be one century. */
  past: boolean;
}

const carriers = wordSet(
  "born on of in at date birth birthday birthdate dob day month year is was the since for from last about around comma and he she his her they he's she's",
);

export function parseDate(words: string, options: DateOptions): ParsedAnswer {
  const tokens = tokenize(words);
  const matches = findAll(tokens, (all, at) => spokenDayAt(all, at, options));
  const settled = settle(tokens, matches);
  if (!settled) {
    if (matches.length > 1) return { ok: false, code: 'ambiguous', problem: 'I heard more than one date.' };
    return { ok: false, code: 'not-understood', problem: 'I could not make out a date.' };
  }
  const { year, month, day } = settled.value;
  if (month === undefined || day === undefined) return incomplete('I still need the month and the day.');
  if (year === undefined) return incomplete('I still need the year.');
  const whole: Day = { year, month, day };
  if (!isDay(whole))
    return { ok: false, code: 'wrong-format', problem: 'That day does not exist in the calendar.' };
  const extra = settled.corrected ? new Set([...carriers, ...correctionWords]) : carriers;
  const unused = unusedWords(tokens, matches, extra);
  return { ok: true, value: isoDay(whole), display: displayDay(whole), covered: unused.length === 0, unused };
}

function incomplete(problem: string): ParsedAnswer {
  return { ok: false, code: 'incomplete', problem };
}

/** The day, whole or in part, that stands at `at`. */
export function spokenDayAt(
  tokens: readonly Token[],
  at: number,
  options: DateOptions,
): Match<SpokenDay> | undefined {
  return (
    written(tokens, at, options) ??
    named(tokens, at, options) ??
    relative(tokens, at, options) ??
    numeric(tokens, at, options)
  );
}

/** `1985-03-03`, `3/3/1985`, `3-3-85`, `03031985`. Month first, as in the United States, unless it cannot be. */
function written(tokens: readonly Token[], at: number, options: DateOptions): Match<SpokenDay> | undefined {
  const word = tokens[at]?.word ?? '';
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word);
  if (iso) return one(at, { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const parts =
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(word) ?? /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(word);
  if (!parts) return undefined;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  const spoken = { value: Number(parts[3]), full: parts[3]!.length === 4 };
  const year = fullYear(spoken, options);
  if (year === undefined) return undefined;
  return first > 12
    ? one(at, { year, month: second, day: first })
    : one(at, { year, month: first, day: second });
}

function one(at: number, value: SpokenDay): Match<SpokenDay> {
  return { value, start: at, end: at + 1 };
}

/** "march third nineteen eighty five", "the third of march eighty five", "march 1985". */
function named(tokens: readonly Token[], at: number, options: DateOptions): Match<SpokenDay> | undefined {
  const month = monthAt(tokens, at);
  if (month) {
    const day = dayFollowing(tokens, month.end);
    return withYear(
      tokens,
      { month: month.value, ...(day ? { day: day.value } : {}) },
      at,
      day?.end ?? month.end,
      options,
    );
  }
  const day = dayAt(tokens, at);
  if (!day) return undefined;
  const after = tokens[day.end]?.word === 'of' ? day.end + 1 : day.end;
  const later = monthAt(tokens, after);
  return later && withYear(tokens, { month: later.value, day: day.value }, at, later.end, options);
}

/** The day after a month's name; not the first half of a year ("march nineteen eighty five"). */
function dayFollowing(tokens: readonly Token[], at: number): Match<number> | undefined {
  const day = dayAt(tokens, at);
  const year = yearAt(tokens, at);
  if (day && year?.value.full && year.end > day.end && !yearAfter(tokens, day.end)?.value.full) {
    // "march twenty twenty one": with the day taken, "twenty one" would be left as a bare year.
    return tokens[day.end]?.word === 'oh' || year.value.value > 2100 ? day : undefined;
  }
  return day;
}

function yearAfter(tokens: readonly Token[], at: number): Match<SpokenYear> | undefined {
  const skips = /^(of|in|comma)$/.test(tokens[at]?.word ?? '') ? 1 : 0;
  return yearAt(tokens, at + skips);
}

function withYear(
  tokens: readonly Token[],
  value: SpokenDay,
  start: number,
  end: number,
  options: DateOptions,
): Match<SpokenDay> {
  const spoken = yearAfter(tokens, end);
  const year = spoken && fullYear(spoken.value, options);
  return year === undefined ? { value, start, end } : { value: { year, ...value }, start, end: spoken!.end };
}

/** The century of a two-digit year: the latest that is not in the future; unsaid unless the date must be past. */
function fullYear(spoken: SpokenYear, { past, today }: DateOptions): number | undefined {
  if (spoken.full) return spoken.value;
  const now = Number(today.slice(0, 4));
  const thisCentury = Math.floor(now / 100) * 100 + spoken.value;
  if (past) return thisCentury > now ? thisCentury - 100 : thisCentury;
  return Math.abs(thisCentury - now) <= 20 ? thisCentury : undefined;
}

/** "oh three oh three eighty five", "three slash three slash nineteen eighty five", "zero three zero three one nine eight five". */
function numeric(tokens: readonly Token[], at: number, options: DateOptions): Match<SpokenDay> | undefined {
  const month = numberOfTwoDigits(tokens, at);
  if (!month) return undefined;
  const day = numberOfTwoDigits(tokens, month.end + (isSlash(tokens[month.end]) ? 1 : 0));
  if (!day) return undefined;
  const year = yearAt(tokens, day.end + (isSlash(tokens[day.end]) ? 1 : 0));
  const full = year && fullYear(year.value, options);
  if (full === undefined || digitOf(tokens[year!.end]?.word) !== undefined) return undefined;
  const value = { year: full, month: month.value, day: day.value };
  return isDay(value) ? { value, start: at, end: year!.end } : undefined;
}

function isSlash(token: Token | undefined): boolean {
  return token?.word === 'slash' || token?.word === 'dash' || token?.word === 'stroke';
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const spans = new Map([
  ['day', 'day'],
  ['days', 'day'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['month', 'month'],
  ['months', 'month'],
  ['year', 'year'],
  ['years', 'year'],
] as const);

/** Beyond this many of any unit nobody counts back; it is a misheard number. */
const longestAgo = 400;

/** "today", "yesterday", "three days ago", "last monday". */
function relative(
  tokens: readonly Token[],
  at: number,
  { today }: DateOptions,
): Match<SpokenDay> | undefined {
  const word = tokens[at]?.word ?? '';
  const day = (iso: string, end: number): Match<SpokenDay> => ({
    value: { ...parseIsoDay(iso)! },
    start: at,
    end,
  });
  if (word === 'today') return day(today, at + 1);
  if (word === 'tomorrow') return day(plus(today, 1, 'day'), at + 1);
  if (word === 'yesterday') return day(plus(today, -1, 'day'), at + 1);
  if (word === 'last' && weekdays.includes(tokens[at + 1]?.word ?? '')) {
    const back = (weekday(today) - weekdays.indexOf(tokens[at + 1]!.word) + 7) % 7 || 7;
    return day(plus(today, -back, 'day'), at + 2);
  }
  const count = word === 'a' || word === 'an' ? { value: 1, end: at + 1 } : cardinal(tokens, at);
  const span = spans.get((tokens[count?.end ?? -1]?.word ?? '') as 'day');
  if (
    !count ||
    !span ||
    tokens[count.end + 1]?.word !== 'ago' ||
    !Number.isInteger(count.value) ||
    count.value > longestAgo
  )
    return undefined;
  return day(plus(today, -count.value, span), count.end + 2);
}
