import { digitsAt } from './digits.ts';
import { doubtfulLetterAt, letterAt, looseLetterAt } from './letters.ts';
import { digitOf } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const signs: Readonly<Record<string, string>> = { dash: '-', hyphen: '-', slash: '/', dot: '.', point: '.' };

/** A part of a code at `at`: a letter, digits in their first reading, a sign, or several as they are written. */
export function pieceAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const { word, raw } = tokens[at]!;
  const one = (value: string) => ({ value, start: at, end: at + 1 });
  if (/\d/.test(word)) return /[@:]/.test(word) ? undefined : one(raw.replace(/^#/, '').toUpperCase());
  if (signs[word] !== undefined && at > 0) return one(signs[word]);
  if (word === 'double' && tokens[at + 1]?.word === 'u') return { value: 'W', start: at, end: at + 2 };
  const explained = letterAt(tokens, at, true);
  if (explained && explained.end > at + 1 && word !== 'double' && word !== 'triple')
    return { ...explained, value: explained.value.toUpperCase() };
  if (/^[b-df-hj-np-tv-z]{2,4}$|^abc$/.test(word) && isDigit(tokens[at + 1]?.word))
    return one(word.toUpperCase());
  // "O" is a zero among digits and a letter among letters.
  const beside = [tokens[at - 1], tokens[at + 1]].map((token) => token?.word);
  const amongDigits = beside.some((other) => isDigit(other));
  if (word === 'o' && !amongDigits) return one('O');
  const digits = digitsAt(tokens, at);
  // "Then five digits" tells of them.
  if (digits && /^(?:digits?|characters?|letters?|numbers|times|are)$/.test(tokens[digits.end]?.word ?? ''))
    return undefined;
  if (digits) return { ...digits, value: digits.value[0]! };
  if (/^[A-Z]{2,}$/.test(raw)) return one(raw);
  const letter =
    letterAt(tokens, at, false) ??
    looseLetterAt(tokens, at) ??
    misheardAt(tokens, at) ??
    doubtfulLetterAt(tokens, at);
  if (!letter) return undefined;
  // "I think it's five": the pronoun and the article are no letters.
  const among = amongDigits || beside.some((other) => /^[a-z]$/.test(other ?? '') || other === 'double');
  const alone = !among && !placedLetter(tokens, at) && !(tokens[at + 1] && letterAt(tokens, at + 1, false));
  if (alone && letter.end === at + 1 && /^[ai]$/.test(word)) return undefined;
  if (
    word === 'a' &&
    letter.end === at + 1 &&
    !placedLetter(tokens, at) &&
    /^(?:and|then|it's|is|with|got|by)$/.test(beside[0] ?? '')
  )
    return undefined;
  return { ...letter, value: letter.value.toUpperCase() };
}

/** "And an a on the end". */
function placedLetter(tokens: readonly Token[], at: number): boolean {
  const [before, next, then] = [tokens[at - 1]?.word, tokens[at + 1]?.word, tokens[at + 3]?.word];
  return before === 'an' || before === 'letter' || (/^(?:on|at)$/.test(next ?? '') && then === 'end');
}

/** What sounds like a digit. */
export const misheard: Readonly<Record<string, string>> = {
  ate: '8',
  for: '4',
  fore: '4',
  to: '2',
  too: '2',
  won: '1',
  tree: '3',
  sex: '6',
  owe: '0',
  fife: '5',
};

/** A word that sounds like a digit, between two others. */
function misheardAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const value = misheard[tokens[at]!.word];
  const [before, next] = [tokens[at - 1]?.word, tokens[at + 1]?.word];
  const fits = (word: string | undefined) => /^[a-z]$/.test(word ?? '') || isDigit(word);
  return value !== undefined && fits(before) && fits(next) ? { value, start: at, end: at + 1 } : undefined;
}

function isDigit(word: string | undefined): boolean {
  return /\d/.test(word ?? '') || digitOf(word) !== undefined || word === 'double' || word === 'triple';
}
