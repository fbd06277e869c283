import type { ParsedAnswer } from '../types.ts';
import { cardinal, decimalNumber } from './numbers.ts';
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
    : findAll(tokens, whole ? wholeNumber : brokenNumber);
  const either = oneOrOther(tokens, matches);
  if (either !== undefined) return { ok: false, code: 'incomplete', problem: either };
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
    : (brokenNumber(tokens, at) ?? cardinal(tokens, at));

const brokenNumber: typeof cardinal = (tokens, at) => countWord(tokens, at) ?? decimalNumber(tokens, at);

/** "once", "twice", "a couple (of)"; not "once in a while", "a couple hundred". */
const countWord: typeof cardinal = (tokens, at) => {
  const [word, next = '', after = ''] = tokens.slice(at, at + 3).map((token) => token.word);
  if (word === 'once' && next !== 'in' && next !== 'every') return { value: 1, start: at, end: at + 1 };
  if (word === 'twice') return { value: 2, start: at, end: at + 1 };
  if (word !== 'a' || next !== 'couple' || /^(?:hundred|thousand|dozen)$/.test(after)) return undefined;
  return { value: 2, start: at, end: at + (after === 'of' ? 3 : 2) };
};

function adjacent(matches: readonly { start: number; end: number }[]): boolean {
  return matches.some((match, index) => index > 0 && match.start === matches[index - 1]!.end);
}

/** The question that "two or three" calls for. */
export function oneOrOther(tokens: readonly Token[], matches: readonly Match<number>[]): string | undefined {
  const [first, second] = matches.slice(-2);
  if (!first || !second || first.value === second.value || second.start !== first.end + 1) return undefined;
  const between = tokens[first.end]!.word;
  return /^(?:or|to)$/.test(between) ? `Is it ${first.value}, or ${second.value}?` : undefined;
}
