import { escapeRegExp } from './items.ts';
import type { Property } from './schema.ts';
import { verdictIn } from './verdict.ts';
import { contentWords, plain, shared } from './text.ts';

/** The caller's words in the form that a property asks for; undefined when they do not give one. */
export function valueFor(property: Property, words: string): unknown {
  if (property.enum.length > 0) return choose(property.enum, words);
  switch (property.type) {
    case 'boolean':
      return verdictIn(words)?.yes;
    case 'number':
    case 'integer':
      return numberIn(words);
    case 'array':
      return words === ''
        ? undefined
        : words
            .split(/,|\band\b/)
            .map((part) => part.trim())
            .filter((part) => part !== '');
    case 'object':
      return undefined;
    case 'string':
      return property.format === 'date' ? (isoDateIn(words) ?? words) : words;
  }
}

/** The member of an enumeration that the words mean, or undefined. */
export function choose(values: readonly string[], words: string): string | undefined {
  const said = plain(words).replace(/\?/g, '');
  const readable = (value: string) => plain(value.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' '));
  const exact = values.find((value) => readable(value) === said || value === words);
  if (exact !== undefined) return exact;
  const verdict = verdictIn(words);
  if (verdict) {
    const found = values.find((value) =>
      (verdict.yes ? /^(yes|true|y)$/i : /^(no|false|n|none)$/i).test(value),
    );
    if (found !== undefined) return found;
  }
  const mentioned = values
    .filter((value) => new RegExp(`(?<!\\w)${escapeRegExp(readable(value))}(?!\\w)`).test(said))
    .sort((a, b) => b.length - a.length);
  if (mentioned[0] !== undefined) return mentioned[0];
  const wanted = contentWords(words);
  const scored = values.map((value) => ({ value, score: shared(contentWords(value), wanted) }));
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), { value: '', score: 0 });
  return best.score > 0 ? best.value : undefined;
}

/** The member of an enumeration that a pattern describes, else the first. */
export function chooseMeaning(values: readonly string[], meaning: RegExp): string | undefined {
  return values.find((value) => meaning.test(value)) ?? values[0];
}

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = ['', '', ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')];
const ordinals =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** A number said in digits or words: "about forty two" is 42. */
export function numberIn(words: string): number | undefined {
  const digits = /-?\d+(?:[.,]\d+)?/.exec(words.replace(/(\d),(?=\d{3})/g, '$1'));
  if (digits) return Number(digits[0].replace(',', '.'));
  let total = 0;
  let current = 0;
  let seen = false;
  for (const token of plain(words).split(/[\s-]+/)) {
    const value = smallNumber(token);
    if (value !== undefined) current += value;
    else if (token === 'hundred') current = Math.max(1, current) * 100;
    else if (token === 'thousand') [total, current] = [total + Math.max(1, current) * 1000, 0];
    else if (seen && token !== 'and') break;
    else continue;
    seen = true;
  }
  return seen ? total + current : undefined;
}

function smallNumber(token: string): number | undefined {
  const unit = units.indexOf(token);
  if (unit >= 0) return unit;
  const ten = tens.indexOf(token);
  if (ten >= 2) return ten * 10;
  const ordinal = ordinals.indexOf(token);
  if (ordinal >= 0) return ordinal;
  const tieth = tens.findIndex((word, index) => index >= 2 && token === word.replace(/y$/, 'ieth'));
  return tieth >= 2 ? tieth * 10 : undefined;
}

/** The longest run of digits and letters said one by one or written: "order A one two three" is A123. */
export function digitsIn(words: string): string | undefined {
  const runs = [''];
  for (const token of words.split(/[\s,.?!;:#]+/)) {
    const piece = spelledPiece(token);
    if (piece === undefined) runs.push('');
    else runs[runs.length - 1] += piece;
  }
  const found = runs.filter((run) => run.length > 1 && /\d/.test(run));
  return found.reduce<string | undefined>(
    (top, run) => (run.length > (top?.length ?? 0) ? run : top),
    undefined,
  );
}

function spelledPiece(token: string): string | undefined {
  if (/^(?=.*\d)[\w-]+$/.test(token) || /^(?:[A-Z]|[b-hj-z])$/.test(token)) return token.toUpperCase();
  const word = token.toLowerCase();
  if (word === 'oh') return '0';
  const value = ordinals.includes(word) ? undefined : smallNumber(word);
  return value === undefined ? undefined : String(value);
}

/** A date said in words or digits, as YYYY-MM-DD: "march third nineteen eighty five". */
export function isoDateIn(words: string): string | undefined {
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(words);
  if (iso) return iso[0];
  const slashed = /\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/.exec(words);
  if (slashed) return isoDate(Number(slashed[3]), Number(slashed[1]), Number(slashed[2]));
  const tokens = plain(words).split(/[\s-]+/);
  const at = tokens.findIndex((token) => months.includes(token));
  if (at < 0) return undefined;
  const after = tokens.slice(at + 1);
  const { day, used } = dayIn(after);
  const before = dayIn(
    tokens
      .slice(0, at)
      .filter((token) => token !== 'of' && token !== 'the')
      .slice(-2),
  );
  const year = yearIn(day === undefined ? after : after.slice(used));
  return year === undefined || (day ?? before.day) === undefined
    ? undefined
    : isoDate(year, months.indexOf(tokens[at] ?? '') + 1, day ?? before.day ?? 0);
}

function dayIn(tokens: readonly string[]): { day?: number; used: number } {
  const rest = tokens[0] === 'the' ? 1 : 0;
  const first = tokens[rest] ?? '';
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(first);
  if (digits) return { day: Number(digits[1]), used: rest + 1 };
  const value = smallNumber(first);
  if (value === undefined || value > 31) return { used: 0 };
  const next = smallNumber(tokens[rest + 1] ?? '');
  const compound = value >= 20 && value % 10 === 0 && next !== undefined && next > 0 && next < 10;
  return { day: compound ? value + next : value, used: rest + (compound ? 2 : 1) };
}

function yearIn(tokens: readonly string[]): number | undefined {
  const digits = tokens.find((token) => /^(19|20)\d\d$/.test(token));
  if (digits !== undefined) return Number(digits);
  const words = tokens.filter((token) => token !== 'and' && token !== 'of' && token !== 'in');
  if (words.includes('thousand')) return numberIn(words.join(' '));
  const century = smallNumber(words[0] ?? '');
  if (century !== 19 && century !== 20) return undefined;
  const rest = words.slice(1).map((word) => (word === 'oh' || word === 'o' ? 0 : smallNumber(word)));
  const sum = rest.filter((value) => value !== undefined).reduce((total, value) => total + value, 0);
  return rest.length === 0 ? undefined : century * 100 + sum;
}

function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
