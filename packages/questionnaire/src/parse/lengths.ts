import { decimalNumber, fractionAt } from './broken-numbers.ts';
import { countAt } from './counts.ts';
import type { Match, Token } from './tokens.ts';

/** A length of time: months and days have no fixed length, so they are kept apart. */
export interface Length {
  months: number;
  days: number;
  minutes: number;
}

const units: readonly (readonly [word: RegExp, length: Length])[] = [
  [/^secs?$|^seconds?$/, { months: 0, days: 0, minutes: 1 / 60 }],
  [/^minutes?$|^mins?$/, { months: 0, days: 0, minutes: 1 }],
  [/^hours?$|^hrs?$/, { months: 0, days: 0, minutes: 60 }],
  [/^days?$|^daze$/, { months: 0, days: 1, minutes: 0 }],
  [/^nights?$/, { months: 0, days: 1, minutes: 0 }],
  [/^weeks?$|^wks?$/, { months: 0, days: 7, minutes: 0 }],
  [/^fortnights?$/, { months: 0, days: 14, minutes: 0 }],
  [/^months?$|^mos?$/, { months: 1, days: 0, minutes: 0 }],
  [/^years?$|^yrs?$/, { months: 12, days: 0, minutes: 0 }],
  [/^decades?$/, { months: 120, days: 0, minutes: 0 }],
];

function unitOf(word: string | undefined): Length | undefined {
  return word === undefined ? undefined : units.find(([pattern]) => pattern.test(word))?.[1];
}

/** "Two weeks", "an hour and a half", "half a year", "three quarters of an hour", "one week three days". */
export function lengthAt(tokens: readonly Token[], at: number): Match<Length> | undefined {
  const first = partAt(tokens, at) ?? countedAfter(tokens, at);
  if (!first) return undefined;
  let { value, end } = first;
  let smallest = first.unit;
  while (!first.halved) {
    const joined = /^(?:and|plus)$/.test(tokens[end]?.word ?? '') ? end + 1 : end;
    const next = partAt(tokens, joined);
    if (!next || minutesOf(next.unit) >= minutesOf(smallest)) break;
    value = sum(value, next.value);
    ({ end } = next);
    smallest = next.unit;
  }
  return { value, start: at, end };
}

interface Part extends Match<Length> {
  unit: Length;
  /** "And a half" was said: nothing is added to it. */
  halved: boolean;
}

function partAt(tokens: readonly Token[], at: number): Part | undefined {
  const amount = amountAt(tokens, at);
  if (!amount) return undefined;
  const skipped = skip(tokens, amount.end, [
    ['of', 'an'],
    ['of', 'a'],
    ['or', 'so'],
    ['of'],
    ['more'],
    ['whole'],
    ['full'],
    ['long'],
    ['straight'],
    ['solid'],
    ['good'],
  ]);
  const unit = unitOf(tokens[skipped]?.word);
  if (!unit) return undefined;
  const more = tokens[skipped + 1]?.word === 'and' ? partOfUnit(tokens, skipped + 2) : undefined;
  const value = times(unit, amount.value + (more?.value ?? 0));
  return { value, unit, halved: more !== undefined, start: at, end: more?.end ?? skipped + 1 };
}

/** "And a half", but not "and a half hour" nor "and three quarters of an hour" of something else. */
function partOfUnit(tokens: readonly Token[], at: number): Match<number> | undefined {
  const part = fractionAt(tokens, at);
  return part && !unitOf(tokens[part.end]?.word) && tokens[part.end]?.word !== 'of' ? part : undefined;
}

function skip(tokens: readonly Token[], at: number, phrases: readonly (readonly string[])[]): number {
  const found = phrases.find((words) => words.every((word, index) => tokens[at + index]?.word === word));
  return at + (found?.length ?? 0);
}

function amountAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const [word = '', next = ''] = [tokens[at]?.word, tokens[at + 1]?.word];
  const part = fractionAt(tokens, at);
  if (part) {
    const article = /^(?:a|an)$/.test(tokens[part.end]?.word ?? '') ? 1 : 0;
    return { ...part, end: part.end + article };
  }
  const count = countAt(tokens, at, false);
  if (count && !/^(?:once|twice)$/.test(word)) return count;
  const number = decimalNumber(tokens, at);
  if (number) return number;
  if (/^(?:a|an)$/.test(word) && (unitOf(next) || /^(?:whole|full|good|solid)$/.test(next)))
    return { value: 1, start: at, end: at + 1 };
  // "All day", "the whole week".
  if ((word === 'all' || word === 'whole') && /^(?:day|night|week|month|year)$/.test(next))
    return { value: 1, start: at, end: at + 1 };
  // "Year and a half", "couple years".
  if (word === 'couple') return { value: 2, start: at, end: at + (next === 'of' ? 2 : 1) };
  const bare = unitOf(word) && next === 'and' && partOfUnit(tokens, at + 2);
  return bare ? { value: 1, start: at, end: at } : undefined;
}

/** "Days, four of them". */
function countedAfter(tokens: readonly Token[], at: number): Part | undefined {
  const unit = unitOf(tokens[at]?.word);
  const count = unit && decimalNumber(tokens, at + 1);
  if (!count || tokens[count.end]?.word !== 'of' || tokens[count.end + 1]?.word !== 'them') return undefined;
  return { value: times(unit, count.value), unit, halved: true, start: at, end: count.end + 2 };
}

function times(unit: Length, count: number): Length {
  const months = unit.months * count;
  const days = unit.days * count + (months % 1) * 30;
  const minutes = unit.minutes * count + (days % 1) * 1440;
  return {
    months: Math.floor(months),
    days: Math.floor(days),
    minutes: unit.minutes < 1 ? minutes : Math.round(minutes),
  };
}

export function sum(a: Length, b: Length): Length {
  return { months: a.months + b.months, days: a.days + b.days, minutes: a.minutes + b.minutes };
}

/** With months of 30.4 days. */
export function minutesOf({ months, days, minutes }: Length): number {
  return months * 43_830 + days * 1440 + minutes;
}

/** ISO 8601, in the largest units: weeks as days, 24 hours as a day. */
export function isoLength(length: Length): string {
  const days = length.days + Math.floor(length.minutes / 1440);
  const seconds = Math.round((length.minutes % 1) * 60);
  const minutes = Math.floor(length.minutes) % 1440;
  const [years, months, hours, rest] = [
    Math.floor(length.months / 12),
    length.months % 12,
    Math.floor(minutes / 60),
    minutes % 60,
  ];
  const part = (count: number, letter: string) => (count > 0 ? `${count}${letter}` : '');
  const date = part(years, 'Y') + part(months, 'M') + part(days, 'D');
  const time = part(hours, 'H') + part(rest, 'M') + part(seconds, 'S');
  return date + time === '' ? 'PT0M' : `P${date}${time === '' ? '' : `T${time}`}`;
}

const names = { Y: 'year', M: 'month', W: 'week', D: 'day', TH: 'hour', TM: 'minute', TS: 'second' } as const;

/** "1 year and 6 months" for `P1Y6M`; other texts as they are. */
export function displayLength(iso: string): string {
  if (!/^P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/.test(iso)) return iso;
  const [date = '', time = ''] = iso.slice(1).split('T');
  const parts = [...date.matchAll(/(\d+)([YMWD])/g)].map(
    ([, count = '', letter]) => [count, letter!] as const,
  );
  const hours = [...time.matchAll(/(\d+)([HMS])/g)].map(
    ([, count = '', letter]) => [count, `T${letter}`] as const,
  );
  const said = [...parts, ...hours].map(
    ([count, letter]) => `${count} ${names[letter as keyof typeof names]}${count === '1' ? '' : 's'}`,
  );
  return said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : (said[0] ?? iso);
}
