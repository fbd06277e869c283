import type { ParsedAnswer, QuantityValue } from '../types.ts';
import { answered, refused } from './answered.ts';
import { decimalNumber } from './broken-numbers.ts';
import { asksTemperature, degreesAt } from './degrees.ts';
import { bareHeightAt, correctedInches, inchesAfter } from './heights.ts';
import { repairNumbers } from './homophones.ts';
import { cardinal, digitOf } from './numbers.ts';
import { oneOrOther } from './plain-numbers.ts';
import { isLimit, standing } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';
import { type Unit, unitAt, unitOf } from './units.ts';

const ucum = 'http://unitsofmeasure.org';
const inches = unitOf('[in_i]')!;

const carriers = wordSet(
  "about around roughly approximately almost nearly maybe probably somewhere for since been have has had i've weigh weighs weight tall high height i he she it's last past over old now ago in of take taking at is give or so",
);

/** What the question tells of the amount. */
export interface QuantityOptions {
  /** The unit when the caller names none. */
  unit?: QuantityValue | undefined;
  question?: string;
}

/** "about two weeks", "a hundred and eighty pounds", "five foot eleven", "two and a half hours", "a week". */
export function parseQuantity(words: string, { unit, question = '' }: QuantityOptions = {}): ParsedAnswer {
  const { tokens, repaired } = repairNumbers(ofTwo(tokenize(spaced(words)), question));
  const asked: Asked = {
    unit,
    temperature: asksTemperature(question),
    fluid: /\b(?:fluids?|drink|water|liquid)\b/i.test(question),
    height: /\b(?:height|tall)\b/i.test(question),
    feetAndInches: isLength(unit) || hasWords(tokens, 'feet and inches'),
  };
  // "Five eleven, so five foot eleven": the second tells what the first was.
  if (asked.height && tokens.some(({ word }) => /^(?:foot|feet|ft)$|^[3-7]'\d{1,2}/.test(word)))
    asked.feetAndInches = true;
  const found = findAll(tokens, (all, at) => quantityAt(all, at, asked)).map((match) =>
    amended(tokens, match, asked),
  );
  const amounts = withoutSchedule(withoutOverlaps(found));
  const matches = standing(tokens, amounts);
  const either = oneOrOther(tokens, findAll(tokens, decimalNumber));
  if (either !== undefined && matches.length < 2) return refused('incomplete', either);
  const settled = settle(tokens, matches);
  if (!settled) return shortcoming(tokens, matches.length);
  if (isLimit(tokens, settled.match) || isOpen(tokens, found, settled.match))
    return refused('ambiguous', 'I heard more than one amount.');
  const { value, match, corrected } = settled;
  const changed = corrected || (tokens[match.end - 1] !== undefined && found.length > matches.length);
  return answered(value, displayQuantity(value), {
    tokens,
    matches: amounts,
    match,
    carriers,
    corrected: changed || beforeCorrection(tokens, match),
    repaired,
  });
}

interface Asked {
  unit: QuantityValue | undefined;
  temperature: boolean;
  fluid: boolean;
  height: boolean;
  feetAndInches: boolean;
}

function shortcoming(tokens: readonly Token[], count: number): ParsedAnswer {
  if (count > 1) return refused('ambiguous', 'I heard more than one amount.');
  return findAll(tokens, decimalNumber).length > 0
    ? refused('incomplete', 'I need the unit as well.')
    : refused('not-understood', 'I could not make out an amount.');
}

export function displayQuantity({ value, unit }: QuantityValue): string {
  const one = value === 1 && unit !== 'feet' ? unit?.replace(/s$/, '') : unit;
  return one === undefined || one === ''
    ? String(value)
    : `${value} ${value === 1 && unit === 'feet' ? 'foot' : one}`;
}

/** "20mg", "180lbs", "10%": the unit is a word of its own. */
function spaced(words: string): string {
  return words
    .replace(/(?<=\d)%/g, ' percent')
    .replace(/\b(\d{2,3})\/(\d{2,3})\b/g, '$1 over $2')
    .replace(/(?<=\d)(?=(?:mg|mcg|ml|kg|g|lbs?|cm|km|oz|ft)\b)/gi, ' ');
}

/** Of "one forty over ninety" the number that is asked for; the other was understood. */
function ofTwo(tokens: readonly Token[], question: string): readonly Token[] {
  const which = /\b(systolic|top|upper)\b|\b(?:diastolic|bottom|lower)\b/i.exec(question);
  const over = tokens.findIndex(({ word }) => word === 'over');
  if (!which || over < 1) return tokens;
  const [high, low] = [
    tokens.findIndex((_, at) => decimalNumber(tokens, at)?.end === over),
    decimalNumber(tokens, over + 1),
  ];
  if (high < 0 || !low) return tokens;
  const drop = which[1] === undefined ? { start: high, end: over + 1 } : { start: over, end: low.end };
  return tokens.filter((_, at) => at < drop.start || at >= drop.end);
}

function hasWords(tokens: readonly Token[], words: string): boolean {
  return ` ${tokens.map(({ word }) => word).join(' ')} `.includes(` ${words} `);
}

function isLength(unit?: QuantityValue): boolean {
  return unit?.code === '[in_i]' || unit?.code === '[ft_i]';
}

function quantityAt(tokens: readonly Token[], at: number, asked: Asked): Match<QuantityValue> | undefined {
  const height = asked.feetAndInches ? bareHeightAt(tokens, at) : undefined;
  if (height) return withUnit(height, inches);
  const degree = asked.temperature ? degreesAt(tokens, at) : undefined;
  const amount: Amount | undefined = degree ?? amountAt(tokens, at);
  if (!amount) return undefined;
  const skip = tokens[amount.end]?.word === 'of' ? 1 : 0;
  const degrees = tokens[amount.end]?.word === 'degrees' ? 1 : 0;
  const unit = unitAt(tokens, amount.end + skip) ?? unitAt(tokens, amount.end + degrees);
  if (unit?.value.code === '[ft_i]') return feetAt(tokens, amount, unit.end, asked);
  // "One meter seventy eight".
  const more = unit?.value.code === 'm' ? cardinal(tokens, unit.end) : undefined;
  if (unit && more && more.value > 9 && more.value < 100)
    return withUnit({ value: amount.value + more.value / 100, start: at, end: more.end }, unit.value);
  if (unit) {
    const half = hasHalf(tokens, unit.end);
    const whole = { value: amount.value + (half ? 0.5 : 0), start: at, end: unit.end + (half ? 3 : 0) };
    return withUnit(whole, asked.fluid && unit.value.code === '[oz_av]' ? unitOf('[foz_us]')! : unit.value);
  }
  if (!asked.unit || amount.article) return undefined;
  const known = unitOf(asked.unit.code);
  const value = { ...asked.unit, ...(known ? { unit: known.unit } : {}), value: amount.value };
  return { value, start: at, end: amount.end + degrees };
}

function withUnit({ value, start, end }: Match<number>, { unit, code }: Unit): Match<QuantityValue> {
  return { value: { value, unit, system: ucum, code }, start, end };
}

/** "Six foot two"; "six foot" by itself is inches where a height is asked for. */
function feetAt(
  tokens: readonly Token[],
  feet: Match<number>,
  end: number,
  asked: Asked,
): Match<QuantityValue> {
  const more = inchesAfter(tokens, end);
  if (more)
    return withUnit({ value: feet.value * 12 + more.value, start: feet.start, end: more.end }, inches);
  const even = tokens[end]?.word === 'even' ? 1 : 0;
  const whole = { ...feet, end: end + even };
  return asked.height
    ? withUnit({ ...whole, value: feet.value * 12 }, inches)
    : withUnit(whole, unitOf('[ft_i]')!);
}

/** With what is said right after it to put it right: other inches ("no, eleven"), another unit ("I mean milligrams"). */
function amended(tokens: readonly Token[], match: Match<QuantityValue>, asked: Asked): Match<QuantityValue> {
  const { value } = match;
  if (value.code === '[in_i]' && value.value >= 12) {
    const corrected = correctedInches(tokens, { ...match, value: value.value });
    if (corrected) return withUnit(corrected, inches);
  }
  for (let at = match.end; at < Math.min(tokens.length, match.end + 4); at++) {
    const unit = unitAt(tokens, at);
    const changed = at === match.end || tokens.slice(match.end, at).some(({ word }) => word === 'mean');
    // "Two liters an hour" is no number of hours, nor so many a minute.
    if (unit && changed && unit.value.code !== '/min' && !asked.feetAndInches)
      return withUnit({ value: value.value, start: match.start, end: unit.end }, unit.value);
    if (decimalNumber(tokens, at)) break;
  }
  return match;
}

function withoutOverlaps<T>(matches: readonly Match<T>[]): Match<T>[] {
  return matches.filter((match, index) => !matches.slice(0, index).some((other) => other.end > match.start));
}

/** "Twenty milligrams once a day", "every six hours": how often is another thing. */
function withoutSchedule(matches: readonly Match<QuantityValue>[]): readonly Match<QuantityValue>[] {
  const amounts = matches.filter(({ value }) => !/^(?:s|min|h|d|wk|mo|a)$/.test(value.code ?? ''));
  return amounts.length > 0 ? amounts : matches;
}

function beforeCorrection(tokens: readonly Token[], match: Match<unknown>): boolean {
  return tokens.slice(0, match.start).some(({ word }) => /^(?:no|sorry|wait|mean)$/.test(word));
}

/** Another number or unit that stands beside the amount: "… and ten at night", "fahrenheit, or celsius". */
function isOpen(
  tokens: readonly Token[],
  found: readonly Match<unknown>[],
  { start, end }: Match<unknown>,
): boolean {
  const used = (at: number) => found.some((match) => at >= match.start && at < match.end);
  return tokens.some((token, at) => {
    if (used(at)) return false;
    if (at >= end && token.word === 'or' && unitAt(tokens, at + 1)) return true;
    const pronoun = token.word === 'one' || (token.word === 'half' && tokens[at - 1]?.word === 'the');
    const other = pronoun ? undefined : decimalNumber(tokens, at);
    if (!other || isSchedule(tokens, other)) return false;
    const between = at < start ? tokens.slice(other.end, start) : tokens.slice(end, at);
    return !between.some(({ word }) => /^(?:no|sorry|wait|mean|actually|make|was|used)$/.test(word));
  });
}

/** "Three times a day", "every six hours". */
function isSchedule(tokens: readonly Token[], { start, end }: Match<unknown>): boolean {
  return tokens[end]?.word === 'times' || tokens[start - 1]?.word === 'every';
}

function hasHalf(tokens: readonly Token[], at: number): boolean {
  return (
    tokens
      .slice(at, at + 3)
      .map(({ word }) => word)
      .join(' ') === 'and a half'
  );
}

interface Amount extends Match<number> {
  /** Said with "a": a number only where a unit follows. */
  article?: boolean;
}

/** A number, or "a", "a couple", "half a". "A few" and "several" are no number. */
function amountAt(tokens: readonly Token[], at: number): Amount | undefined {
  const words = tokens.slice(at, at + 3).map((token) => token.word);
  if (words[0] === 'half' && (words[1] === 'a' || words[1] === 'an'))
    return { value: 0.5, start: at, end: at + 2, article: true };
  if (words[0] === 'couple') return { value: 2, start: at, end: at + 1, article: true };
  if (words[0] === 'a' && words[1] === 'couple') return { value: 2, start: at, end: at + 2, article: true };
  const number = decimalNumber(tokens, at);
  if (number) return number;
  if (digitOf(words[0]) === 0) return undefined;
  return words[0] === 'a' || words[0] === 'an'
    ? { value: 1, start: at, end: at + 1, article: true }
    : undefined;
}
