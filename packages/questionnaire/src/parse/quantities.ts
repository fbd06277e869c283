import type { ParsedAnswer, QuantityValue } from '../types.ts';
import { cardinal, decimalNumber, digitOf } from './numbers.ts';
import { oneOrOther } from './plain-numbers.ts';
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

const ucum = 'http://unitsofmeasure.org';

/** Spoken units with their UCUM codes. The first word of each is the one said back. */
const units: readonly { code: string; unit: string; words: ReadonlySet<string> }[] = [
  { code: '[lb_av]', unit: 'pounds', words: wordSet('pound pounds lb lbs') },
  { code: 'kg', unit: 'kilograms', words: wordSet('kilogram kilograms kilo kilos kg kgs') },
  { code: 'g', unit: 'grams', words: wordSet('gram grams') },
  { code: 'mg', unit: 'milligrams', words: wordSet('milligram milligrams mg') },
  { code: 'mL', unit: 'milliliters', words: wordSet('milliliter milliliters millilitre millilitres ml') },
  { code: '[oz_av]', unit: 'ounces', words: wordSet('ounce ounces oz') },
  { code: '[ft_i]', unit: 'feet', words: wordSet('foot feet ft') },
  { code: '[in_i]', unit: 'inches', words: wordSet('inch inches') },
  { code: 'cm', unit: 'centimeters', words: wordSet('centimeter centimeters centimetre centimetres cm') },
  { code: 'm', unit: 'meters', words: wordSet('meter meters metre metres') },
  { code: 'min', unit: 'minutes', words: wordSet('minute minutes') },
  { code: 'h', unit: 'hours', words: wordSet('hour hours') },
  { code: 'd', unit: 'days', words: wordSet('day days') },
  { code: 'wk', unit: 'weeks', words: wordSet('week weeks') },
  { code: 'mo', unit: 'months', words: wordSet('month months') },
  { code: 'a', unit: 'years', words: wordSet('year years') },
  { code: '[degF]', unit: 'degrees Fahrenheit', words: wordSet('fahrenheit') },
  { code: 'Cel', unit: 'degrees Celsius', words: wordSet('celsius centigrade') },
  { code: '%', unit: 'percent', words: wordSet('percent') },
];

const carriers = wordSet(
  "about around roughly approximately almost nearly maybe probably somewhere for since been have has had i've weigh weighs weight tall high height i he she it's last past over old now ago in of take taking at is",
);

/** "about two weeks", "a hundred and eighty pounds", "five foot eleven", "two and a half hours", "a week". */
export function parseQuantity(words: string, fallback?: QuantityValue): ParsedAnswer {
  const tokens = tokenize(words.replace(/(?<=\d)%/g, ' percent'));
  const matches = findAll(tokens, (all, at) => quantityAt(all, at, fallback));
  const either = oneOrOther(tokens, findAll(tokens, decimalNumber));
  if (either !== undefined && matches.length < 2) return { ok: false, code: 'incomplete', problem: either };
  const settled = settle(tokens, matches);
  if (!settled) {
    if (matches.length > 1) return { ok: false, code: 'ambiguous', problem: 'I heard more than one amount.' };
    return findAll(tokens, decimalNumber).length > 0
      ? { ok: false, code: 'incomplete', problem: 'I need the unit as well.' }
      : { ok: false, code: 'not-understood', problem: 'I could not make out an amount.' };
  }
  const unused = unusedWords(
    tokens,
    matches,
    settled.corrected ? new Set([...carriers, ...correctionWords]) : carriers,
  );
  const { value } = settled;
  return { ok: true, value, display: displayQuantity(value), covered: unused.length === 0, unused };
}

export function displayQuantity({ value, unit }: QuantityValue): string {
  const one = value === 1 && unit !== 'feet' ? unit?.replace(/s$/, '') : unit;
  return one === undefined || one === ''
    ? String(value)
    : `${value} ${value === 1 && unit === 'feet' ? 'foot' : one}`;
}

function quantityAt(
  tokens: readonly Token[],
  at: number,
  fallback?: QuantityValue,
): Match<QuantityValue> | undefined {
  const height = isLength(fallback) ? heightAt(tokens, at) : undefined;
  if (height) return height;
  const amount = amountAt(tokens, at);
  if (!amount) return undefined;
  const skip = tokens[amount.end]?.word === 'of' || tokens[amount.end]?.word === 'degrees' ? 1 : 0;
  const word = tokens[amount.end + skip]?.word ?? '';
  const unit = units.find((one) => one.words.has(word));
  if (unit?.code === '[ft_i]') {
    const inches = inchesAfter(tokens, amount.end + 1);
    if (inches) {
      const value = amount.value * 12 + inches.value;
      return { value: { value, unit: 'inches', system: ucum, code: '[in_i]' }, start: at, end: inches.end };
    }
  }
  if (unit) {
    const half =
      tokens
        .slice(amount.end + 1, amount.end + 4)
        .map((token) => token.word)
        .join(' ') === 'and a half';
    const value = { value: amount.value + (half ? 0.5 : 0), unit: unit.unit, system: ucum, code: unit.code };
    return { value, start: at, end: amount.end + skip + (half ? 4 : 1) };
  }
  if (!fallback || amount.article) return undefined;
  const end = amount.end + (tokens[amount.end]?.word === 'degrees' ? 1 : 0);
  const known = units.find((one) => one.code === fallback.code);
  return {
    value: { ...fallback, ...(known ? { unit: known.unit } : {}), value: amount.value },
    start: at,
    end,
  };
}

function isLength(unit?: QuantityValue): boolean {
  return unit?.code === '[in_i]' || unit?.code === '[ft_i]';
}

/** "five eleven", "5 11", `5'11"`: feet and inches, where a length in them is asked for. */
function heightAt(tokens: readonly Token[], at: number): Match<QuantityValue> | undefined {
  const written = /^([3-7])'(\d{1,2})$/.exec(tokens[at]?.word ?? '');
  const feet = written ? Number(written[1]) : digitOf(tokens[at]?.word);
  const inches = written
    ? { value: Number(written[2]), end: at + 1 }
    : digitOf(tokens[at + 1]?.word) === 0
      ? (cardinal(tokens, at + 2) ?? { value: 0, end: at + 2 })
      : cardinal(tokens, at + 1);
  if (feet === undefined || feet < 3 || feet > 7 || !inches || inches.value > 11) return undefined;
  if (digitOf(tokens[inches.end]?.word) !== undefined) return undefined;
  const named = /^(?:inch|inches)$/.test(tokens[inches.end]?.word ?? '') ? 1 : 0;
  const value = { value: feet * 12 + inches.value, unit: 'inches', system: ucum, code: '[in_i]' };
  return { value, start: at, end: inches.end + named };
}

/** A number, or "a", "a couple", "half a". "A few" and "several" are no number. */
function amountAt(tokens: readonly Token[], at: number): (Match<number> & { article?: boolean }) | undefined {
  const words = tokens.slice(at, at + 3).map((token) => token.word);
  if (words[0] === 'half' && (words[1] === 'a' || words[1] === 'an'))
    return { value: 0.5, start: at, end: at + 2, article: true };
  if (words[0] === 'a' && words[1] === 'couple') return { value: 2, start: at, end: at + 2, article: true };
  const number = decimalNumber(tokens, at);
  if (number) return number;
  if (digitOf(words[0]) === 0) return undefined;
  return words[0] === 'a' || words[0] === 'an'
    ? { value: 1, start: at, end: at + 1, article: true }
    : undefined;
}

function inchesAfter(tokens: readonly Token[], at: number): Match<number> | undefined {
  const start = tokens[at]?.word === 'and' ? at + 1 : at;
  const number = decimalNumber(tokens, start);
  if (!number || number.value >= 12) return undefined;
  const named = units.find((one) => one.code === '[in_i]')!.words.has(tokens[number.end]?.word ?? '');
  return { ...number, end: number.end + (named ? 1 : 0) };
}
