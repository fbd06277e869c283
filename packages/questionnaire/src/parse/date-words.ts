import { monthNames } from './calendar.ts';
import { digitOf, smallNumber, teens, tens, units } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const months = new Map<string, number>();
monthNames.forEach((name, index) => {
  months.set(name.toLowerCase(), index + 1);
  months.set(name.slice(0, 3).toLowerCase(), index + 1);
});
months.set('sept', 9);

const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30,
};

export function monthAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const value = months.get(tokens[at]?.word ?? '');
  return value === undefined ? undefined : { value, start: at, end: at + 1 };
}

/** An ordinal: "third", "twenty third", "3rd". */
export function ordinalAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const word = tokens[at]?.word ?? '';
  const digits = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (digits) return { value: Number(digits[1]), start: at, end: at + 1 };
  const plain = ordinals[word];
  if (plain !== undefined) return { value: plain, start: at, end: at + 1 };
  const ten = tens[word];
  const unit = ordinals[tokens[at + 1]?.word ?? ''];
  if (ten === undefined || unit === undefined || unit > 9) return undefined;
  return { value: ten + unit, start: at, end: at + 2 };
}

/** A day of the month: "third", "the third", "three", "oh three", "3", "3rd". */
export function dayAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  if (tokens[at]?.word === 'the') {
    const ordinal = ordinalAt(tokens, at + 1);
    return ordinal && inMonth({ ...ordinal, start: at });
  }
  const ordinal = ordinalAt(tokens, at);
  return inMonth(ordinal ?? numberOfTwoDigits(tokens, at));
}

function inMonth(match: Match<number> | undefined): Match<number> | undefined {
  return match && match.value >= 1 && match.value <= 31 ? match : undefined;
}

/** 0 to 99 as one or two written digits, "oh three", or words; "thirty one", but not "three one". */
export function numberOfTwoDigits(tokens: readonly Token[], at: number): Match<number> | undefined {
  const word = tokens[at]?.word ?? '';
  if (/^\d{1,2}$/.test(word)) return { value: Number(word), start: at, end: at + 1 };
  if (digitOf(word) === 0) {
    const unit = units[tokens[at + 1]?.word ?? ''];
    return unit === undefined ? undefined : { value: unit, start: at, end: at + 2 };
  }
  return smallNumber(tokens, at);
}

/** A year, and whether its century was said. */
export interface SpokenYear {
  value: number;
  full: boolean;
}

/**
 * A year: "1985", "'85", "nineteen eighty five", "nineteen oh five", "nineteen hundred (and) five", "two thousand
 * (and) five", "twenty twenty one", "eighty five", "oh five", "one nine eight five".
 */
export function yearAt(tokens: readonly Token[], at: number): Match<SpokenYear> | undefined {
  const word = tokens[at]?.word ?? '';
  const full = (value: number, end: number) => ({ value: { value, full: true }, start: at, end });
  if (/^\d{4}$/.test(word)) return full(Number(word), at + 1);
  const digits = [0, 1, 2, 3].map((offset) => digitOf(tokens[at + offset]?.word));
  if (digits.every((digit) => digit !== undefined) && digitOf(tokens[at + 4]?.word) === undefined) {
    const value = Number(digits.join(''));
    if (value >= 1800 && value < 2200) return full(value, at + 4);
  }
  return thousands(tokens, at) ?? centuries(tokens, at) ?? shortYear(tokens, at);
}

function thousands(tokens: readonly Token[], at: number): Match<SpokenYear> | undefined {
  if (tokens[at]?.word !== 'two' || tokens[at + 1]?.word !== 'thousand') return undefined;
  const tail = smallNumber(tokens, tokens[at + 2]?.word === 'and' ? at + 3 : at + 2);
  return { value: { value: 2000 + (tail?.value ?? 0), full: true }, start: at, end: tail?.end ?? at + 2 };
}

function centuries(tokens: readonly Token[], at: number): Match<SpokenYear> | undefined {
  const word = tokens[at]?.word ?? '';
  const century =
    word === 'twenty' || word === '20' ? 20 : (teens[word] ?? (/^1[89]$/.test(word) ? Number(word) : 0));
  if (century < 18 || century > 20) return undefined;
  const full = (rest: number, end: number) => ({
    value: { value: century * 100 + rest, full: true },
    start: at,
    end,
  });
  const next = tokens[at + 1]?.word ?? '';
  if (next === 'hundred') {
    const tail = smallNumber(tokens, tokens[at + 2]?.word === 'and' ? at + 3 : at + 2);
    return full(tail?.value ?? 0, tail?.end ?? at + 2);
  }
  // "Nineteen and eighty five".
  const and = next === 'and' && century < 20 ? 1 : 0;
  const tail = numberOfTwoDigits(tokens, at + 1 + and);
  if (and === 1 && (tail?.value ?? 0) < 10) return undefined;
  // "nineteen five" is no year, "nineteen oh five" is; "twenty five" stays a two-digit one.
  if (!tail || (tail.value < 10 && digitOf(next) !== 0)) return undefined;
  return full(tail.value, tail.end);
}

function shortYear(tokens: readonly Token[], at: number): Match<SpokenYear> | undefined {
  const written = /^'?(\d{2})$/.exec(tokens[at]?.word ?? '');
  if (written) return { value: { value: Number(written[1]), full: false }, start: at, end: at + 1 };
  const tail = numberOfTwoDigits(tokens, at);
  if (!tail || /^\d$/.test(tokens[at]!.word)) return undefined;
  // More digits follow: "nineteen five" is a piece of something else.
  if (smallNumber(tokens, tail.end) || digitOf(tokens[tail.end]?.word) !== undefined) return undefined;
  // One bare digit ("march third five") is a misheard piece, not a year.
  if (tail.value < 10 && digitOf(tokens[at]?.word) !== 0) return undefined;
  return { value: { value: tail.value, full: false }, start: at, end: tail.end };
}
