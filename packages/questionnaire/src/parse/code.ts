import type { ParsedAnswer } from '../types.ts';
import { intentOf } from './intent.ts';
import { letterAt, spellingAt } from './letters.ts';
import { digitOf } from './numbers.ts';
import { digitsAt } from './phone.ts';
import { findAll, type Match, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet(
  'number code policy member membership id account group zip postal card my his her their on says reads starts begins ends with then and letter letters digit digits capital hash',
);
const signs: Readonly<Record<string, string>> = { dash: '-', hyphen: '-', slash: '/', dot: '.', point: '.' };

/** A number or code read off a card: letters and digits said one by one ("a b c one two oh"), or as written. */
export function parseCode(words: string): ParsedAnswer {
  const tokens = tokenize(words);
  const pieces = intentOf(words) === undefined ? findAll(tokens, pieceAt) : [];
  const value = pieces
    .map((piece) => piece.value)
    .join('')
    .replace(/^[-/.]+|[-/.]+$/g, '');
  if (value.length < 2 && !/\d/.test(value)) {
    return { ok: false, code: 'not-understood', problem: 'I could not make out the number.' };
  }
  const unused = unusedWords(tokens, pieces, carriers);
  return { ok: true, value, display: value, covered: unused.length === 0, unused };
}

function pieceAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const { word, raw } = tokens[at]!;
  const one = (value: string) => ({ value, start: at, end: at + 1 });
  if (/\d/.test(word)) return /[@:]/.test(word) ? undefined : one(raw.replace(/^#/, ''));
  if (signs[word] !== undefined && at > 0) return one(signs[word]);
  // "O" is a zero among digits and a letter among letters.
  const beside = [tokens[at - 1], tokens[at + 1]].map((token) => token?.word);
  const amongDigits = beside.some((other) => /\d/.test(other ?? '') || digitOf(other) !== undefined);
  if (word === 'o' && !amongDigits) return one('O');
  const digits = digitsAt(tokens, at);
  if (digits) return { ...digits, value: digits.value[0]! };
  const spelled = spellingAt(tokens, at);
  if (spelled) return { ...spelled, value: spelled.value.toUpperCase() };
  if (/^[A-Z]{2,}$/.test(raw)) return one(raw);
  // "I think it's five": the pronoun and the article are no letters.
  const alone = !amongDigits && !beside.some((other) => /^[a-z]$/.test(other ?? ''));
  const letter = letterAt(tokens, at, false);
  if (!letter || (alone && letter.end === at + 1 && /^[ai]$/.test(word))) return undefined;
  return { ...letter, value: letter.value.toUpperCase() };
}
