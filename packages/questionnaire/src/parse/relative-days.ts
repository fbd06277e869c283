import { isoDay, plus, weekday } from './calendar.ts';
import { monthAt, ordinalAt } from './date-words.ts';
import { holidayAt, holidayIn, nthWeekday } from './holidays.ts';
import { cardinal } from './numbers.ts';
import { type DayOptions, impliedYear, type SpokenDay } from './spoken-day.ts';
import type { Match, Token } from './tokens.ts';
import { found, nearWeekday, weekdayAfter, weekdayBefore, weekdays } from './weekdays.ts';

const spans = { day: 'day', week: 'week', month: 'month', year: 'year' } as const;
type Span = keyof typeof spans;

/** Beyond this many of any unit nobody counts; it is a misheard number. */
const longest = 400;

/**
 * A day counted from the day of the call: "today", "the day before yesterday", "three days ago", "a week from
 * tomorrow", "in two weeks", "last Monday", "next week Friday", "this morning".
 */
export function relativeDayAt(
  tokens: readonly Token[],
  at: number,
  options: DayOptions,
): Match<SpokenDay> | undefined {
  const { today } = options;
  return (
    counted(tokens, at, options) ??
    fixed(tokens, at, today) ??
    inMonth(tokens, at, options) ??
    inWeek(tokens, at, today) ??
    nearWeekday(tokens, at, today)
  );
}

const fixedDays: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  now: 0,
  tomorrow: 1,
  yesterday: -1,
};

/** "today", "tonight", "this morning", "last night", "tomorrow", "yesterday". */
function fixed(tokens: readonly Token[], at: number, today: string): Match<SpokenDay> | undefined {
  const [word = '', next = ''] = tokens.slice(at, at + 2).map((token) => token.word);
  if (word === 'this' && /^(?:morning|afternoon|evening)$/.test(next)) return found(today, at, at + 2);
  if (word === 'last' && /^(?:night|evening)$/.test(next)) return found(plus(today, -1, 'day'), at, at + 2);
  const again = /^this (?:time|day) (next|last) (week|month|year)\b/.exec(
    tokens
      .slice(at, at + 4)
      .map((token) => token.word)
      .join(' '),
  );
  if (again) return found(plus(today, again[1] === 'next' ? 1 : -1, again[2] as Span), at, at + 4);
  const away = word === 'now' ? undefined : fixedDays[word];
  if (word === 'tomorrow' && next === 'week') return found(plus(today, 8, 'day'), at, at + 2);
  return away === undefined ? undefined : found(plus(today, away, 'day'), at, at + 1);
}

/** A number of days, weeks …: "three days", "a week", "a couple of months", "the day" (before yesterday). */
function amountAt(tokens: readonly Token[], at: number): (Match<number> & { span: Span }) | undefined {
  const words = tokens.slice(at, at + 2).map((token) => token.word);
  const couple = words[0] === 'a' && words[1] === 'couple';
  const one = /^(?:a|an|the)$/.test(words[0] ?? '') ? { value: 1, end: at + 1 } : undefined;
  // "Week from Monday".
  const bare = /^(?:week|month|year)$/.test(words[0] ?? '') ? { value: 1, end: at } : undefined;
  const count = couple ? { value: 2, end: at + 2 } : (one ?? cardinal(tokens, at) ?? bare);
  if (!count || !Number.isInteger(count.value) || count.value > longest) return undefined;
  const end = couple && tokens[count.end]?.word === 'of' ? count.end + 1 : count.end;
  const word = tokens[end]?.word ?? '';
  const span = spans[word.replace(/s$/, '') as Span];
  if (span === undefined || (words[0] === 'the' && word !== 'day')) return undefined;
  return { value: count.value, span, start: at, end: end + 1 };
}

/** "two weeks ago", "in three days", "a week from tomorrow", "the day before yesterday", "two days after Friday". */
function counted(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
  const { today } = options;
  const ahead = tokens[at]?.word === 'in';
  const amount = amountAt(tokens, ahead ? at + 1 : at);
  if (!amount) return undefined;
  const { value, span, end } = amount;
  const direction = tokens[end]?.word ?? '';
  if (direction === 'ago') {
    const base = /^(?:today|yesterday)$/.test(tokens[end + 1]?.word ?? '')
      ? fixed(tokens, end + 1, today)
      : pastWeekday(tokens, end + 1, today);
    return found(plus(base ? isoOf(base) : today, -value, span), at, base?.end ?? end + 1);
  }
  if (/^(?:from|after|before)$/.test(direction)) {
    const base = baseAt(tokens, tokens[end + 1]?.word === 'the' ? end + 2 : end + 1, options);
    if (!base) return undefined;
    return found(plus(base.value, direction === 'before' ? -value : value, span), at, base.end);
  }
  // "A week today", "two weeks tomorrow", "a week on Friday".
  const on = direction === 'on' ? end + 1 : end;
  const from = amount.span === 'week' && tokens[on]?.word !== 'now' ? baseAt(tokens, on, options) : undefined;
  if (from && !ahead) return found(plus(from.value, value, span), at, from.end);
  return ahead && amount.span !== undefined ? found(plus(today, value, span), at, end) : undefined;
}

/** What days are counted from: "now", "tomorrow", "Friday" (the next one). */
function baseAt(tokens: readonly Token[], at: number, options: DayOptions): Match<string> | undefined {
  const { today } = options;
  const word = tokens[at]?.word ?? '';
  const away = fixedDays[word];
  if (away !== undefined) return { value: plus(today, away, 'day'), start: at, end: at + 1 };
  const index = weekdays.indexOf(word);
  if (index >= 0) return { value: weekdayAfter(today, index), start: at, end: at + 1 };
  const holiday = holidayAt(tokens, at);
  const dayIn = (year: number) => holidayIn(holiday?.value ?? '', year);
  const year = holiday && impliedYear(dayIn, options);
  const day = year === undefined ? undefined : dayIn(year);
  return day && { value: isoDay({ year: year!, ...day }), start: at, end: holiday!.end };
}

/** "The first Monday of December", "the last Friday in October", "the second Tuesday of next month". */
function inMonth(tokens: readonly Token[], at: number, options: DayOptions): Match<SpokenDay> | undefined {
  const start = tokens[at]?.word === 'the' ? at + 1 : at;
  const ordinal = tokens[start]?.word === 'last' ? { value: 0, end: start + 1 } : ordinalAt(tokens, start);
  const index = weekdays.indexOf(tokens[ordinal?.end ?? -1]?.word ?? '');
  if (!ordinal || index < 0 || ordinal.value > 5) return undefined;
  const of = ordinal.end + 1;
  if (!/^(?:of|in)$/.test(tokens[of]?.word ?? '')) return undefined;
  const dayIn = (month: number) => (year: number) => nthWeekday(month, index, ordinal.value)(year);
  const month = monthAt(tokens, of + 1);
  if (month) {
    const year = impliedYear(dayIn(month.value), options);
    const day = year === undefined ? undefined : dayIn(month.value)(year);
    return day && { value: { year: year!, ...day }, start: at, end: month.end };
  }
  const [which = '', word] = [tokens[of + 1]?.word, tokens[of + 2]?.word];
  const away = { this: 0, the: 0, next: 1, last: -1 }[which];
  if (word !== 'month' || away === undefined) return undefined;
  const [year = 0, number = 0] = plus(`${options.today.slice(0, 7)}-01`, away, 'month')
    .split('-')
    .map(Number);
  return { value: { year, ...dayIn(number)(year) }, start: at, end: of + 3 };
}

/** "A week ago (last) Saturday" is a week before the Saturday just past. */
function pastWeekday(tokens: readonly Token[], at: number, today: string): Match<SpokenDay> | undefined {
  const start = /^(?:last|this|on)$/.test(tokens[at]?.word ?? '') ? at + 1 : at;
  const index = weekdays.indexOf(tokens[start]?.word ?? '');
  return index < 0 ? undefined : found(weekdayBefore(today, index), at, start + 1);
}

function isoOf(match: Match<SpokenDay>): string {
  const { year = 0, month = 0, day = 0 } = match.value;
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

/** "Friday next week", "next week Friday", "Monday of last week"; weeks begin on Monday. */
function inWeek(tokens: readonly Token[], at: number, today: string): Match<SpokenDay> | undefined {
  const words = tokens.slice(at, at + 4).map((token) => token.word);
  const match =
    /^(?:(\w+) (?:of |morning |afternoon |evening |night )?(next|last|this) week|(next|last|this) week (?:on )?(\w+))(?: |$)/.exec(
      words.join(' '),
    );
  if (!match) return undefined;
  const index = weekdays.indexOf(match[1] ?? match[4] ?? '');
  if (index < 0) return undefined;
  const away = { next: 7, last: -7, this: 0 }[(match[2] ?? match[3]) as 'next' | 'last' | 'this'];
  const monday = plus(today, -((weekday(today) + 6) % 7), 'day');
  return found(plus(monday, away + ((index + 6) % 7), 'day'), at, at + match[0].trim().split(' ').length);
}
