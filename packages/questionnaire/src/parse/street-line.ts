import { ordinalAt } from './date-words.ts';
import { digitsAt } from './digits.ts';
import { letterAt } from './letters.ts';
import { cardinal } from './numbers.ts';
import { directions, numberedRoads, streetTypes, units } from './street-words.ts';
import type { Match, Token } from './tokens.ts';

const mostWords = 4;

/** "fourteen twenty maple street", "12 south fifth street apartment three", "p o box nine twelve", "2100 broadway". */
export function lineAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const box = boxAt(tokens, at);
  if (box) return box;
  const number = houseNumberAt(tokens, at);
  const street = number && streetAt(tokens, number.end);
  if (!street) return undefined;
  const unit = unitAt(tokens, street.end);
  const value = [number.value, street.value, ...(unit ? [unit.value] : [])].join(' ');
  return { value, start: at, end: unit?.end ?? street.end };
}

/** The number of a house alone: where it is corrected, the one before it does not count. */
export function houseNumberAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  if (ordinalAt(tokens, at)) return undefined;
  const digits = wholeNumber(tokens, at);
  if (!digits || digits.value.length > 6 || digits.value.startsWith('0')) return undefined;
  const letter = tokens[digits.end]?.word ?? '';
  // "12 B Oak Street"; "12 N Oak Street" has a direction.
  const lettered = /^[a-d]$/.test(letter) && !directions.has(letter);
  return lettered
    ? { ...digits, value: `${digits.value}${letter.toUpperCase()}`, end: digits.end + 1 }
    : digits;
}

/** "One hundred twenty five" is 125; "fourteen twenty" is 1420. */
function wholeNumber(tokens: readonly Token[], at: number): Match<string> | undefined {
  const row = digitRow(tokens, at);
  const whole = cardinal(tokens, at);
  const rounded =
    whole && tokens.slice(at, whole.end).some(({ word }) => word === 'hundred' || word === 'thousand');
  if (!rounded || ordinalAt(tokens, whole.end - 1)) return row;
  return whole.end >= (row?.end ?? 0) ? { ...whole, value: String(whole.value) } : row;
}

/** Digits in a row, in their first reading; "ninth" of "twenty ninth" is none of them. */
export function digitRow(tokens: readonly Token[], start: number): Match<string> | undefined {
  let value = '';
  let at = start;
  while (at < tokens.length && !ordinalAt(tokens, at)) {
    const piece = digitsAt(tokens, at);
    if (!piece) break;
    value += piece.value[0]!;
    at = piece.end;
  }
  return value === '' ? undefined : { value, start, end: at };
}

function boxAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const words = tokens.slice(at, at + 4).map(({ word }) => word);
  const length =
    words[0] === 'p' && words[1] === 'o' && words[2] === 'box'
      ? 3
      : words[0] === 'po' && words[1] === 'box'
        ? 2
        : words[0] === 'post' && words[1] === 'office' && words[2] === 'box'
          ? 3
          : 0;
  const start = at + length + (words[length] === 'number' ? 1 : 0);
  const number = length > 0 ? digitRow(tokens, start) : undefined;
  return number && { value: `PO Box ${number.value}`, start: at, end: number.end };
}

function streetAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const direction = directions.get(tokens[at]?.word ?? '');
  const named = tokens[at + 1] !== undefined && streetTypes.has(tokens[at + 1]!.word) ? undefined : direction;
  const start = named === undefined ? at : at + 1;
  const street = numberedRoadAt(tokens, start) ?? namedStreetAt(tokens, start);
  if (!street) return undefined;
  const after = tokens[street.end]?.word ?? '';
  // "Street Northwest"; "Street, North Carolina" is a state.
  const next = tokens[street.end + 1]?.word ?? '';
  const post =
    after.length > 2 && !/^(?:carolina|dakota|virginia)$/.test(next) && after.length > 5
      ? directions.get(after)
      : undefined;
  const value = [named, street.value, post].filter((word) => word !== undefined).join(' ');
  return { value, start: at, end: street.end + (post === undefined ? 0 : 1) };
}

function numberedRoadAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const road = numberedRoads.find(([words]) =>
    words.every((word, index) => written(tokens[at + index]) === word),
  );
  if (!road) return undefined;
  const number = digitRow(tokens, at + road[0].length);
  return number && { value: `${road[1]} ${number.value}`, start: at, end: number.end };
}

const short: Readonly<Record<string, string>> = {
  rd: 'road',
  hwy: 'highway',
  rt: 'route',
  rte: 'route',
  co: 'county',
};

function written(token: Token | undefined): string | undefined {
  return token && (short[token.word] ?? token.word);
}

/** Name words up to a street type; "Avenue B"; streets that have no type. */
function namedStreetAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  if (/^(?:broadway|bowery)$/.test(tokens[at]?.word ?? '') && !streetTypes.has(tokens[at + 1]?.word ?? ''))
    return { value: titled(tokens[at]!), start: at, end: at + 1 };
  const first = tokens[at]?.word ?? '';
  if (first === 'avenue' && /^[a-z]$/.test(tokens[at + 1]?.word ?? ''))
    return { value: `Avenue ${tokens[at + 1]!.word.toUpperCase()}`, start: at, end: at + 2 };
  let value = '';
  for (let end = at; end < tokens.length && end - at <= mostWords + 1;) {
    const { word } = tokens[end]!;
    const type = streetTypes.get(word);
    const saint = word === 'st' && value === '';
    // "Court Street": of two types the second is one.
    const doubled =
      isType(tokens, end + 1) && !(plainType.test(word) && cityWord.test(tokens[end + 1]!.word));
    if (type !== undefined && value !== '' && !doubled)
      return { value: `${value} ${type}`, start: at, end: end + 1 };
    const ordinal = ordinalAt(tokens, end);
    const said = ordinal
      ? inFigures(ordinal.value)
      : saint
        ? 'Saint'
        : isNameWord(tokens[end]!)
          ? titled(tokens[end]!)
          : undefined;
    if (said === undefined) return undefined;
    value = value === '' ? said : `${value} ${said}`;
    end = ordinal?.end ?? end + 1;
  }
  return undefined;
}

/** What follows "street" is rather the beginning of a city: "street, Green Bay", "road, Bend". */
const plainType = /^(?:street|st|road|rd|avenue|ave|drive|dr|lane|ln|boulevard|blvd|way)$/;
const cityWord =
  /^(?:bend|green|run|point|pt|glen|grove|hill|heights|cove|manor|ridge|landing|gardens|crossing|row|square|park|pike|mews)$/;

/** "Court Street": of two types the second is one, where nothing is written between them. */
function isType(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  return streetTypes.has(word) && !/^(?:st|dr|ct|pl)$/.test(word) && tokens[at - 1]?.pause !== true;
}

const noName =
  /^(?:and|or|is|it|it's|that's|this|there's|i'm|we're|we|i|you|oh|at|on|in|no|not|my|to|from|with|apartment|apt|unit|suite|zip|number|box|sorry|wait)$/;

function isNameWord({ word }: Token): boolean {
  return /^[a-z][a-z'.]*$/.test(word) && !noName.test(word);
}

function inFigures(value: number): string {
  const ending = value % 100 > 10 && value % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

export function titled({ word, raw }: Token): string {
  if (/^\p{Lu}.*\p{Ll}/u.test(raw)) return raw;
  return word.replace(/(^|['-])[a-z]/g, (letter) => letter.toUpperCase());
}

/** "Apartment number three", "unit two c", "suite five ten", `#4`. */
export function unitAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  const written = /^#(\d+[a-z]?)$/.exec(word);
  if (written) return { value: `Apt ${written[1]!.toUpperCase()}`, start: at, end: at + 1 };
  const name = units.get(word);
  if (name === undefined) return undefined;
  // Heard wrong and said again: "apartment to see, two C".
  const start = [at + 1, at + 2, at + 3].find(
    (place) => labelAt(tokens, place) && skippable(tokens, at + 1, place),
  );
  const label = start === undefined ? undefined : labelAt(tokens, start);
  return label && { value: `${name} ${label.value}`, start: at, end: label.end };
}

function skippable(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens
    .slice(from, to)
    .every(({ word }) => /^(?:number|letter|no|is|to|see|be|too|sorry)$/.test(word));
}

function labelAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  if (/^\d+[a-z]$|^[a-z]\d+$/.test(word)) return { value: word.toUpperCase(), start: at, end: at + 1 };
  const digits = wholeNumber(tokens, at);
  const place = digits?.end ?? at;
  const letter = /^[a-z]$/.test(tokens[place]?.word ?? '') ? letterAt(tokens, place, false) : undefined;
  const after = digits || !letter ? undefined : digitRow(tokens, letter.end);
  if (!digits && !letter) return undefined;
  const end = after?.end ?? letter?.end ?? place;
  return {
    value: `${digits?.value ?? ''}${letter?.value.toUpperCase() ?? ''}${after?.value ?? ''}`,
    start: at,
    end,
  };
}
