import type { ParsedAnswer } from '../types.ts';
import { cardinal, decimalNumber } from './numbers.ts';
import { correctionWords, findAll, settle, tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet(
  "about around roughly approximately maybe probably exactly number would give rate say have has had i've got years old times of out only total there are",
);

/** A whole number: "three", "a hundred and eighty", "twelve years old". A row of single digits is refused. */
export function parseInteger(words: string): ParsedAnswer {
  return parseNumber(words, true);
}

/** A number that may be broken: "seven point five". */
export function parseDecimal(words: string): ParsedAnswer {
  return parseNumber(words, false);
}

function parseNumber(words: string, whole: boolean): ParsedAnswer {
  const written = /^\s*(-?\d+(?:\.\d+)?)\s*$/.exec(words);
  const tokens = tokenize(words);
  const matches = written
    ? [{ value: Number(written[1]), start: 0, end: 1 }]
    : findAll(tokens, whole ? wholeNumber : decimalNumber);
  if (matches.length > 1 && adjacent(matches)) {
    return {
      ok: false,
      code: 'ambiguous',
      problem: 'I heard several digits, and could not tell the number.',
    };
  }
  const settled = settle(tokens, matches);
  if (!settled) {
    return matches.length > 1
      ? { ok: false, code: 'ambiguous', problem: 'I heard more than one number.' }
      : { ok: false, code: 'not-understood', problem: 'I could not make out a number.' };
  }
  if (whole && !Number.isInteger(settled.value)) {
    return { ok: false, code: 'wrong-format', problem: 'I need a whole number.' };
  }
  const unused = unusedWords(
    tokens,
    matches,
    settled.corrected ? new Set([...carriers, ...correctionWords]) : carriers,
  );
  const { value } = settled;
  return { ok: true, value, display: String(value), covered: unused.length === 0, unused };
}

/** "none" is zero for a count. */
const wholeNumber: typeof cardinal = (tokens, at) =>
  tokens[at]?.word === 'none'
    ? { value: 0, start: at, end: at + 1 }
    : (decimalNumber(tokens, at) ?? cardinal(tokens, at));

function adjacent(matches: readonly { start: number; end: number }[]): boolean {
  return matches.some((match, index) => index > 0 && match.start === matches[index - 1]!.end);
}
