import { isDay, plus } from './calendar.ts';
import { dayAt, monthAt, numberOfTwoDigits, ordinalAt, type SpokenYear, yearAt } from './date-words.ts';
import { holidayAt } from './holidays.ts';
import { digitOf, tens } from './numbers.ts';
import type { DayOptions, SpokenDay } from './spoken-day.ts';
import type { Match, Token } from './tokens.ts';

/** A day named by its place in the calendar: with its month, and perhaps its year. */
export function calendarDayAt(
  tokens: readonly Token[],
  at: number,
  options: DayOptions,
): Match<SpokenDay> | undefined {
  return (
    written(tokens, at, options) ??
    holiday(tokens, at, options) ??
    named(tokens, at, options) ??
    ordinals(tokens, at, options) ??
    numeric(tokens, at, options) ??
    dayOfMonth(tokens, at, options)
  );
}

/** `1985-03-03`, `3/3/1985`, `3-3-85`, `03031985`. Month first, as in the United States, unless it cannot be. */
function written(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
  const word = tokens[at]?.word ?? '';
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word);
  if (iso) return one(at, { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const parts =
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(word) ?? /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(word);
  const short = /^(\d{1,2})\/(\d{1,2})$/.exec(word)?.slice(1).map(Number);
  if (short && short[0]! <= 12 && short[1]! >= 1 && short[1]! <= 31)
    return withYear(tokens, { month: short[0]!, day: short[1]! }, at, at + 1, options);
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

/** "Christmas Day nineteen thirty three", "Memorial Day this year", "last Thanksgiving". */
function holiday(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
  const found = holidayAt(tokens, at);
  return found && withYear(tokens, { holiday: found.value }, at, found.end, options);
}

/** "march third nineteen eighty five", "the third of march eighty five", "march 1985". */
function named(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
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
  // "In forty one, March the twelfth": the one is the end of a number.
  if (!day || ((tokens[at - 1]?.word ?? '') in tens && day.value < 10)) return undefined;
  const after = tokens[day.end]?.word === 'of' ? day.end + 1 : day.end;
  const later = monthAt(tokens, after);
  return later && withYear(tokens, { month: later.value, day: day.value }, at, later.end, options);
}

/** The day after a month's name; not the first half of a year ("march nineteen eighty five"). */
function dayFollowing(tokens: readonly Token[], at: number): Match<number> | undefined {
  const stuttered = tokens[at]?.word === 'the' && tokens[at + 1]?.word === 'the' ? at + 1 : at;
  const day = dayAt(tokens, stuttered);
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

const yearsAway: Readonly<Record<string, number>> = { this: 0, last: -1, next: 1 };

/** "(of) this year", "last year". */
function relativeYear(tokens: readonly Token[], at: number, today: string): Match<number> | undefined {
  const start = tokens[at]?.word === 'of' ? at + 1 : at;
  const away = yearsAway[tokens[start]?.word ?? ''];
  if (away === undefined || tokens[start + 1]?.word !== 'year') return undefined;
  return { value: Number(today.slice(0, 4)) + away, start: at, end: start + 2 };
}

function withYear(
  tokens: readonly Token[],
  value: SpokenDay,
  start: number,
  end: number,
  options: DayOptions,
): Match<SpokenDay> {
  const relative = relativeYear(tokens, end, options.today);
  if (relative) return { value: { year: relative.value, ...value }, start, end: relative.end };
  const spoken = yearAfter(tokens, end);
  const year = spoken && !isClock(tokens, spoken) ? fullYear(spoken.value, options) : undefined;
  return year === undefined
    ? { value, start, end }
    : { value: { year, ...value }, start, end: echoed(tokens, spoken!) };
}

/** "Seventy seven, double seven": the year once more in digits. */
function echoed(tokens: readonly Token[], year: Match<SpokenYear>): number {
  const [double, digit] = [tokens[year.end]?.word, digitOf(tokens[year.end + 1]?.word)];
  return double === 'double' && digit !== undefined && year.value.value % 100 === digit * 11
    ? year.end + 2
    : year.end;
}

/** The century of a two-digit year: the latest that is not in the future; unsaid unless the date must be past. */
export function fullYear(spoken: SpokenYear, { past, today }: DayOptions): number | undefined {
  if (spoken.full) return spoken.value;
  const now = Number(today.slice(0, 4));
  const thisCentury = Math.floor(now / 100) * 100 + spoken.value;
  if (past) return thisCentury > now ? thisCentury - 100 : thisCentury;
  return Math.abs(thisCentury - now) <= 20 ? thisCentury : undefined;
}

/** "The ninth of the ninth nineteen ninety": the day, then the month. */
function ordinals(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
  const day = ordinalAt(tokens, tokens[at]?.word === 'the' ? at + 1 : at);
  if (!day || tokens[day.end]?.word !== 'of' || tokens[day.end + 1]?.word !== 'the') return undefined;
  const month = ordinalAt(tokens, day.end + 2);
  return month && month.value <= 12
    ? withYear(tokens, { month: month.value, day: day.value }, at, month.end, options)
    : undefined;
}

/** "oh three oh three eighty five", "three slash three slash nineteen eighty five", "zero three zero three one nine eight five". */
function numeric(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
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

/** "November twenty fourth, ten a.m.": the ten is no year. Nor is "eight thirty" of "eight thirty a.m.". */
function isClock(tokens: readonly Token[], { start, end, value }: Match<SpokenYear>): boolean {
  const next = tokens[end]?.word ?? '';
  if (/^(?:am|pm|a|p|o'clock)$/.test(next) || (!value.full && /^(?:past|after|till|to)$/.test(next)))
    return true;
  const phrase = tokens
    .slice(end, end + 3)
    .map(({ word }) => word)
    .join(' ');
  return (
    !value.full && (/^in the (?:morning|afternoon|evening)/.test(phrase) || isHalved(tokens, start, end))
  );
}

/** "Eight thirty": what is left is the minutes of a time. */
function isHalved(tokens: readonly Token[], start: number, end: number): boolean {
  return end - start === 1 && numberOfTwoDigits(tokens, end) !== undefined;
}

const monthsAway: Readonly<Record<string, number>> = { this: 0, last: -1, next: 1 };

/** "The fourth", "the first of the month", "the fifteenth of next month": which month is for the bounds to say. */
function dayOfMonth(
  tokens: readonly Token[],
  at: number,
  { today }: DayOptions,
): Match<SpokenDay> | undefined {
  const before = monthBefore(tokens, at, today);
  if (before) return before;
  const article = tokens[at]?.word === 'the' ? 1 : 0;
  const ordinal = ordinalAt(tokens, at + article);
  if (!ordinal || ordinal.value > 31) return undefined;
  const [of, which = '', month] = tokens.slice(ordinal.end, ordinal.end + 3).map(({ word }) => word);
  if (of === 'of' && month === 'month') {
    const end = ordinal.end + 3;
    if (which === 'the') return { value: { day: ordinal.value }, start: at, end };
    const away = monthsAway[which];
    if (away === undefined) return undefined;
    const [year = 0, number = 0] = plus(`${today.slice(0, 7)}-01`, away, 'month')
      .split('-')
      .map(Number);
    return { value: { year, month: number, day: ordinal.value }, start: at, end };
  }
  // "The first one", "the second time", "a third".
  const counted = of === 'one' && which !== 'of';
  const stands =
    article === 1 &&
    !counted &&
    !/^(?:of|time|thing|available|opening|week|day|half|option|floor)$/.test(of ?? '');
  return stands ? { value: { day: ordinal.value }, start: at, end: ordinal.end } : undefined;
}

/** "Last month on the twelfth", "next month, the third". */
function monthBefore(tokens: readonly Token[], at: number, today: string): Match<SpokenDay> | undefined {
  const [which = '', month, on] = tokens.slice(at, at + 3).map(({ word }) => word);
  const away = monthsAway[which];
  if (away === undefined || month !== 'month') return undefined;
  const start = at + (on === 'on' ? 3 : 2);
  const day = tokens[start]?.word === 'the' ? ordinalAt(tokens, start + 1) : undefined;
  if (!day || day.value > 31) return undefined;
  const [year = 0, number = 0] = plus(`${today.slice(0, 7)}-01`, away, 'month')
    .split('-')
    .map(Number);
  return { value: { year, month: number, day: day.value }, start: at, end: day.end };
}
