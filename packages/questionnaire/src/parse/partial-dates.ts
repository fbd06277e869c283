import type { ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { fullYear } from './calendar-days.ts';
import { parseDate } from './dates.ts';
import { monthAt, yearAt } from './date-words.ts';
import { decimalNumber } from './broken-numbers.ts';
import { monthNames, plus } from './calendar.ts';
import { holidayAt, holidayIn } from './holidays.ts';
import { repairNumbers } from './homophones.ts';
import type { DayOptions } from './spoken-day.ts';
import { isDenied, isLimit, isRange, undenied } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  "about around roughly approximately maybe probably of in on the back year month it'd been must've since during sometime spring summer fall autumn winter christmas or thereabouts was had when i it early late so like want say right ago",
);

interface Partial {
  year: number;
  month?: number;
}

/** The years that anyone's life lies in. */
const longest = 120;

/**
 * A year, or a month with its year, of the past: "nineteen eighty five", "oh five", "june of seventy one", "three years ago", "last
 * December"; as `1985` or `1971-06`. A whole date is taken as one.
 */
export function parsePartialDate(words: string, options: DayOptions): ParsedAnswer {
  const { tokens, repaired } = repairNumbers(tokenize(words.replace(/\bnine[ -]eleven\b/gi, ' ')));
  const whole = isDayMeant(tokens) ? parseDate(words, { ...options, past: true }) : undefined;
  if (whole?.ok) return whole;
  const found = findAll(tokens, (all, at) => partAt(all, at, options));
  const years = undenied(
    tokens,
    found.filter((match) => !isAge(tokens, match)),
  );
  if (found.length > 0 && years.length === 0) return refused('out-of-range', 'I need the year that it was.');
  const candidates = joined(years).map((match) => ({ ...match, value: latest(match.value, options) }));
  if (found.length > 1 && candidates.length > 1 && isRange(tokens, candidates.slice(-2)))
    return refused('ambiguous', 'I need one year.');
  const settled = settle(tokens, candidates) ?? restated(candidates);
  if (!settled) {
    return candidates.length > 1
      ? refused('ambiguous', 'I heard more than one year.')
      : refused('not-understood', 'I could not make out a year.');
  }
  const { unclear, year } = settled.value;
  const month = settled.value.month ?? (settled.corrected ? candidates.at(-2)?.value.month : undefined);
  if (unclear !== undefined || year === undefined)
    return refused('ambiguous', unclear ?? 'Which year was it?');
  const value: Partial = { year, ...(month === undefined ? {} : { month }) };
  const now = Number(options.today.slice(0, 4));
  if (value.year > now || value.year < now - longest)
    return refused('out-of-range', 'I need the year that it was.');
  const { match, corrected } = settled;
  const either =
    /^(?:or|to)$/.test(tokens[match.start - 1]?.word ?? '') &&
    decimalNumber(tokens, match.start - 2)?.end === match.start - 1;
  if (isLimit(tokens, match) || isDenied(tokens, match) || either || tokens[match.start - 1]?.word === 'half')
    return refused('ambiguous', 'Which year was it?');
  if (/^(?:something|ish|odd)$/.test(tokens[match.end]?.word ?? ''))
    return refused('incomplete', 'Which year was it?');
  return answered(isoPartial(value), displayPartial(value), {
    tokens,
    matches: found,
    match,
    carriers,
    corrected,
    repaired,
  });
}

/** Spans of time ("two years ago") and holidays are not meant to the day. */
function isDayMeant(tokens: readonly Token[]): boolean {
  return !tokens.some(
    ({ word }, at) =>
      /^(?:years?|months?|decades?|weeks?)$/.test(word) || holidayAt(tokens, at) !== undefined,
  );
}

type Spoken = { year?: number; month?: number; unclear?: string };

function partAt(tokens: readonly Token[], at: number, options: DayOptions): Match<Spoken> | undefined {
  return (
    agoAt(tokens, at, options) ??
    thisOrLast(tokens, at, options) ??
    monthPart(tokens, at, options) ??
    yearPart(tokens, at, options)
  );
}

/** "Three years ago", "a decade ago", "twenty years back", "two months ago". */
function agoAt(tokens: readonly Token[], at: number, { today }: DayOptions): Match<Spoken> | undefined {
  const one = /^(?:a|an)$/.test(tokens[at]?.word ?? '') ? { value: 1, end: at + 1 } : undefined;
  const couple = tokens[at]?.word === 'couple' || tokens[at + 1]?.word === 'couple';
  const count = couple ? { value: 2, end: at + (one ? 2 : 1) } : (one ?? decimalNumber(tokens, at));
  if (!count || !Number.isInteger(count.value)) return undefined;
  const after = tokens[count.end]?.word === 'of' ? count.end + 1 : count.end;
  const unit = /^(year|month|decade|week|day)s?$/.exec(tokens[after]?.word ?? '')?.[1];
  if (unit === undefined || !/^(?:ago|back)$/.test(tokens[after + 1]?.word ?? '')) return undefined;
  const match = { start: at, end: after + 2 };
  const year = Number(today.slice(0, 4));
  // "Five years ago this month", "two years back in June".
  const within = tokens[match.end]?.word === 'this' && tokens[match.end + 1]?.word === 'month';
  if (unit === 'year' && within)
    return {
      value: { year: year - count.value, month: monthOf(today).month },
      start: at,
      end: match.end + 2,
    };
  if (unit === 'year') return { value: { year: year - count.value }, ...match };
  if (unit === 'decade') return { value: { year: year - count.value * 10 }, ...match };
  return { value: monthOf(plus(today, -count.value, unit as 'month' | 'week' | 'day')), ...match };
}

function monthOf(iso: string): { year: number; month: number } {
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)) };
}

/** "This year", "last year", "the year before last", "last month", "last December". */
function thisOrLast(tokens: readonly Token[], at: number, { today }: DayOptions): Match<Spoken> | undefined {
  const words = tokens.slice(at, at + 4).map(({ word }) => word);
  const joined = words.join(' ');
  const now = monthOf(today);
  if (/^(?:year before last|year before that)\b/.test(joined))
    return { value: { year: now.year - 2 }, start: at, end: at + 3 };
  if (/^month before last\b/.test(joined))
    return { value: monthOf(plus(today, -2, 'month')), start: at, end: at + 3 };
  const match = { start: at, end: at + 2 };
  const season = /^this (?:past )?(?:spring|summer)\b/.exec(joined)?.[0].split(' ').length;
  if (season !== undefined) return { value: { year: now.year }, start: at, end: at + season };
  if (/^this year\b/.test(joined)) return { value: { year: now.year }, ...match };
  if (/^(?:last|past) year\b/.test(joined)) return { value: { year: now.year - 1 }, ...match };
  if (/^this month\b/.test(joined)) return { value: now, ...match };
  if (/^last month\b/.test(joined)) return { value: monthOf(plus(today, -1, 'month')), ...match };
  const month = words[0] === 'last' ? monthAt(tokens, at + 1) : undefined;
  if (!month || yearAt(tokens, month.end)?.value.full) return undefined;
  // In November, "last December" is eleven months ago; "last March" may be this year's or the one before.
  if (month.value >= now.month) return { value: { year: now.year - 1, month: month.value }, ...match };
  const name = monthNames[month.value - 1]!;
  return { value: { unclear: `Is that ${name} of this year, or of last year?` }, ...match };
}

/** "June of eighty five", "september" (the latest one), "in May this year". */
function monthPart(tokens: readonly Token[], at: number, options: DayOptions): Match<Spoken> | undefined {
  const month = monthAt(tokens, at) ?? holidayMonth(tokens, at);
  if (!month || isVerb(tokens, at)) return undefined;
  const skips = /^(?:of|in)$/.test(tokens[month.end]?.word ?? '') ? 1 : 0;
  const year = yearPart(tokens, month.end + skips, options) ?? thisOrLast(tokens, month.end + skips, options);
  if (year?.value.year !== undefined && year.value.month === undefined)
    return { value: { year: year.value.year, month: month.value }, start: at, end: year.end };
  return { value: { month: month.value }, start: at, end: month.end };
}

/** "Christmas of oh seven": the month of a holiday that always has the same. */
function holidayMonth(tokens: readonly Token[], at: number): Match<number> | undefined {
  const holiday = holidayAt(tokens, at);
  const [one, other] = [2020, 2024].map((year) => holidayIn(holiday?.value ?? '', year)?.month);
  return holiday && one !== undefined && one === other ? { ...holiday, value: one } : undefined;
}

/** "May" and "march" are words too. */
function isVerb(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.word === 'may' &&
    /^(?:have|be|i|he|she|it|they)$/.test(tokens[at + 1]?.word ?? tokens[at - 1]?.word ?? '')
  );
}

function yearPart(tokens: readonly Token[], at: number, options: DayOptions): Match<Spoken> | undefined {
  const written = /^(0?[1-9]|1[0-2])\/(\d{4})$/.exec(tokens[at]?.word ?? '');
  if (written)
    return { value: { year: Number(written[2]), month: Number(written[1]) }, start: at, end: at + 1 };
  const spoken = yearAt(tokens, at);
  if (/^(?:years?|months?|weeks?|days?|times)$/.test(tokens[spoken?.end ?? -1]?.word ?? '')) return undefined;
  const year = spoken && fullYear(spoken.value, { ...options, past: true });
  return year === undefined ? undefined : { value: { year }, start: at, end: spoken!.end };
}

/** A month and a year said apart ("last year in april", "in May, this year") make one. */
function joined(all: readonly Match<Spoken>[]): Match<Spoken>[] {
  // "Christmas of oh seven, so December": the month once more.
  const dated = all.filter(({ value }) => value.year !== undefined && value.month !== undefined);
  const found = all.filter(
    ({ value }) => value.year !== undefined || !dated.some((other) => other.value.month === value.month),
  );
  const [first, second] = found;
  if (found.length === 2 && first && second) {
    const apart = [first.value, second.value];
    const month = apart.find((part) => part.year === undefined && part.unclear === undefined)?.month;
    const year = apart.find((part) => part.month === undefined)?.year;
    if (month !== undefined && year !== undefined)
      return [{ value: { year, month }, start: first.start, end: second.end }];
  }
  return [...found];
}

/** A month alone is its latest occurrence. */
function latest(value: Spoken, { today }: DayOptions): Spoken {
  if (value.year !== undefined || value.month === undefined) return value;
  const now = monthOf(today);
  return { year: value.month > now.month ? now.year - 1 : now.year, month: value.month };
}

type Settled = { value: Spoken; corrected: boolean; match: Match<Spoken> };

/** "Twenty years back, two thousand six": the same year told in two ways. */
function restated(candidates: readonly Match<Spoken>[]): Settled | undefined {
  const years = new Set(candidates.flatMap(({ value }) => value.year ?? []));
  const exact = candidates.findLast(({ value }) => value.month !== undefined) ?? candidates.at(-1);
  if (years.size !== 1 || !exact) return undefined;
  const [year = 0] = years;
  return { value: { ...exact.value, year }, corrected: false, match: exact };
}

/** "I was thirty": no year. */
function isAge(tokens: readonly Token[], { start, end }: Match<unknown>): boolean {
  const before = tokens
    .slice(Math.max(0, start - 2), start)
    .map(({ word }) => word)
    .join(' ');
  const after = tokens
    .slice(end, end + 2)
    .map(({ word }) => word)
    .join(' ');
  return /^(?:i|he|she) was$|i'm$|turned$|\bage$|^age of$/.test(before) || /^years? old/.test(after);
}

function isoPartial({ year, month }: Partial): string {
  return month === undefined ? String(year) : `${year}-${String(month).padStart(2, '0')}`;
}

function displayPartial({ year, month }: Partial): string {
  return month === undefined ? String(year) : `${monthNames[month - 1]} ${year}`;
}
