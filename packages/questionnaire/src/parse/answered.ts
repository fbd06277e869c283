import type { AnswerValue, ParsedAnswer, ProblemCode } from '../types.ts';
import { correctionWords, type Match, type Token, unusedWords, wordSet } from './tokens.ts';

/** What a value was made of. */
export interface Heard {
  tokens: readonly Token[];
  /** All that was understood: the words in them are used. */
  matches: readonly Match<unknown>[];
  /** The one that holds the value; the last of `matches` unless told. */
  match?: Match<unknown>;
  /** Words that an answer of this kind is wrapped in. */
  carriers: ReadonlySet<string>;
  corrected?: boolean;
  /** Words that were taken for others that sound alike; they count as unused, so that the value is in doubt. */
  repaired?: readonly string[];
}

type Taken = Extract<ParsedAnswer, { ok: true }>;
export type Refused = Extract<ParsedAnswer, { ok: false }>;

/** A value with what tells how sure it is. */
export function answered(value: AnswerValue, display: string, heard: Heard): Taken {
  const { tokens, matches, carriers, corrected = false, repaired = [] } = heard;
  const wrapping = corrected ? new Set([...carriers, ...correctionWords]) : carriers;
  const unused = [...unusedWords(tokens, matches, wrapping), ...repaired];
  const match = heard.match ?? matches.at(-1);
  return {
    ok: true,
    value,
    display,
    covered: unused.length === 0,
    unused,
    confidence: confidence({ tokens, unused: unused.length, corrected, repaired: repaired.length }),
    ...(match ? { span: spanOf(tokens, match) } : {}),
  };
}

export function refused(code: ProblemCode, problem: string): Refused {
  return { ok: false, code, problem };
}

const hedges = wordSet(
  'about around roughly approximately maybe probably perhaps almost nearly guess think suppose ish somewhere',
);

/** 1 for a value said plainly; less for each thing that may make it another one. By judgement, not calibrated. */
function confidence(seen: {
  tokens: readonly Token[];
  unused: number;
  corrected: boolean;
  repaired: number;
}): number {
  const sure =
    (seen.corrected ? 0.9 : 1) *
    (seen.repaired > 0 ? 0.6 : 1) *
    (seen.tokens.some(({ word }) => hedges.has(word)) ? 0.85 : 1) *
    (seen.unused > 0 ? Math.max(0.4, 0.9 - 0.05 * seen.unused) : 1);
  return Math.round(sure * 100) / 100;
}

function spanOf(tokens: readonly Token[], { start, end }: Match<unknown>): { start: number; end: number } {
  const [first, last] = [tokens[start], tokens[Math.max(start, end - 1)]];
  return { start: first?.from ?? 0, end: last?.to ?? first?.to ?? 0 };
}
