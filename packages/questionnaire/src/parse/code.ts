import type { ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { misheard, pieceAt } from './code-pieces.ts';
import { intentOf } from './intent.ts';
import { smallNumber } from './numbers.ts';
import { isCorrecting, isTakenBack } from './taken-back.ts';
import { findAll, type Match, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet(
  'number code policy member membership id account group zip postal card my his her their on says reads starts begins ends with then last first are an end front and letter letters digit digits capital hash pound number',
);

/** A number or code read off a card: letters and digits said one by one ("a b c one two oh"), or as written. */
export function parseCode(words: string, pattern?: string): ParsedAnswer {
  const tokens = tokenize(words);
  const found = intentOf(words) === undefined ? findAll(tokens, pieceAt) : [];
  const pieces = withoutDenied(tokens, found);
  const doubt = strange(tokens, found)
    ? 'I did not catch every part of it.'
    : doubtIn(tokens, pieces, pattern);
  if (doubt) return refused('ambiguous', doubt);
  const value = fitted(restated(tokens, pieces), pattern);
  if (value === undefined) return refused('ambiguous', 'I heard more than one number.');
  // "It's a long one".
  const pronoun = value === '1' && tokens.length > 2 && tokens.some(({ word }) => word === 'one');
  if (pronoun || (value.length < 2 && !/\d/.test(value)))
    return refused('not-understood', 'I could not make out the number.');
  const corrected = tokens.some((_, at) => isCorrecting(tokens, at) && !isUsed(pieces, at));
  const span = pieces[0] && { start: pieces[0].start, end: pieces.at(-1)!.end, value };
  return answered(value, value, {
    tokens,
    matches: pieces,
    carriers,
    corrected,
    repaired: tokens
      .filter(
        (token, at) =>
          isUsed(pieces, at) && misheard[token.word] !== undefined && tokens[at - 1]?.word.length !== 1,
      )
      .map(({ word }) => word),
    ...(span ? { match: span } : {}),
  });
}

function isUsed(pieces: readonly Match<string>[], at: number): boolean {
  return pieces.some(({ start, end }) => at >= start && at < end);
}

/** What makes the reading uncertain: an alternative, a number that may be divided in two ways, a part left out. */
function doubtIn(
  tokens: readonly Token[],
  pieces: readonly Match<string>[],
  pattern: string | undefined,
): string | undefined {
  if (isTakenBack(tokens, pieces)) return 'I did not get the whole number.';
  const loose = tokens.filter((_, at) => !isUsed(pieces, at)).map(({ word }) => word);
  const amid = (word: string) =>
    tokens.some(
      (token, at) =>
        token.word === word &&
        pieces.some(({ end }) => end <= at && at - end < 3) &&
        pieces.some(({ start }) => start > at && start - at < 4),
    );
  if (amid('or')) return 'I heard more than one way to read it.';
  if (loose.includes('something')) return 'I did not get the whole number.';
  if (pieces.some(({ end, start }) => isOpenHundred(tokens, start, end)))
    return 'Please say it digit by digit.';
  const first = tokens[pieces[0]?.start ?? -1]?.word;
  if (pattern === undefined && pieces.length > 1 && (first === 'oh' || first === 'o'))
    return 'Is the first one the letter O, or a zero?';
  return undefined;
}

const between = wordSet(
  "number letter letters digit digits capital uppercase lowercase then followed by with comma and after that again in repeat all one word space spaces no not it next comes double bit bit's part parts group block it's that's then rest last first few an on at end front",
);

/** A word between two parts that is neither: a part was misheard. */
function strange(tokens: readonly Token[], pieces: readonly Match<string>[]): boolean {
  return pieces.some((piece, index) => {
    const next = pieces[index + 1];
    if (!next) return false;
    const gap = tokens.slice(piece.end, next.start);
    if (gap.some(({ word }, at) => word === 'so' || isCorrecting(tokens, piece.end + at))) return false;
    return unusedWords(gap, [], between).some((word) => !carriers.has(word));
  });
}

/** "Nine hundred four twelve" may be 900 4 12 or 904 12. */
function isOpenHundred(tokens: readonly Token[], start: number, end: number): boolean {
  if (!/^(?:hundred|thousand)$/.test(tokens[end - 1]?.word ?? '') || end - start < 2) return false;
  const next = smallNumber(tokens, end);
  return next !== undefined && (tokens[end - 1]!.word === 'thousand' || tokens[next.end]?.word !== 'hundred');
}

/** "N not M": what is denied is no part of it. A letter said again with its example ("T, T as in Tom") is one letter. */
function withoutDenied(tokens: readonly Token[], pieces: readonly Match<string>[]): Match<string>[] {
  return pieces.flatMap((piece, index) => {
    if (tokens[piece.start - 1]?.word === 'not') return [];
    const next = pieces[index + 1];
    const again =
      next?.value === piece.value &&
      /^[A-Z]$/.test(piece.value) &&
      next.start === piece.end &&
      piece.end - piece.start === 1 &&
      tokens[piece.start]!.word.length === 1 &&
      (next.end - next.start > 1 || tokens[next.start]!.word.length > 1);
    return again ? [] : [piece];
  });
}

/** The code, with what was corrected or said once more in the place of what it corrects; undefined when that place is not plain. */
function restated(tokens: readonly Token[], pieces: readonly Match<string>[]): string | undefined {
  let said = '';
  let segment = '';
  const segments: string[] = [];
  pieces.forEach((piece, index) => {
    const from = pieces[index - 1]?.end ?? piece.start;
    const between = tokens.slice(from, piece.start);
    if (between.some(({ word }, at) => word === 'so' || isCorrecting(tokens, from + at))) {
      segments.push(segment);
      segment = '';
    }
    segment += piece.value;
  });
  segments.push(segment);
  for (const part of segments) {
    const next = said === '' ? part : replaced(said, part);
    if (next === undefined) return undefined;
    said = next;
  }
  return once(tokens, said.replace(/^[-/.]+|[-/.]+$/g, ''));
}

/** The whole said twice: "four four seven one, again, four four seven one". */
function once(tokens: readonly Token[], said: string): string {
  const half = said.slice(0, said.length / 2);
  const again = tokens.some(({ word }) => /^(?:again|repeat|that's|once)$/.test(word));
  return half.length > 2 && half + half === said && (again || half.length > 4) ? half : said;
}

function replaced(old: string, part: string): string | undefined {
  const again = [...part].findIndex(
    (letter, at) => letter === old[0] && part.length - at >= old.length && differing(old, part.slice(at)) < 3,
  );
  if (again >= 0) return part.slice(again);
  // Two digits the other way round, or one of them another: else it is not plain what is corrected.
  const most = Math.min(old.length, part.length);
  for (let count = most; count > 1; count--) {
    const [dropped, instead] = [old.slice(-count), part.slice(0, count)];
    if (differing(dropped, instead) < 2 || sorted(dropped) === sorted(instead))
      return old.slice(0, -count) + part;
  }
  return /\d/.test(old.at(-1)!) === /\d/.test(part[0] ?? '') ? old.slice(0, -1) + part : undefined;
}

function differing(a: string, b: string): number {
  return [...a].filter((letter, at) => letter !== b[at]).length;
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

/** "Oh" as a letter or a digit, whichever the pattern wants. */
function fitted(value: string | undefined, pattern: string | undefined): string | undefined {
  if (value === undefined || pattern === undefined) return value;
  const wanted = new RegExp(`^(?:${pattern})$`, 'u');
  const ways = [value, value.replace(/[-/. ]/g, '')].flatMap((way) => [way, ...swaps(way)]);
  return ways.find((way) => wanted.test(way)) ?? value;
}

function swaps(value: string): string[] {
  const places = [...value.matchAll(/[0O]/g)].map(({ index }) => index).slice(0, 6);
  return Array.from({ length: 2 ** places.length }, (_, mask) =>
    [...value]
      .map((letter, at) =>
        places.includes(at) ? (((mask >> places.indexOf(at)) & 1) === 1 ? 'O' : '0') : letter,
      )
      .join(''),
  );
}
