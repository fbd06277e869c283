import type { ParseContext, ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { decimalNumber } from './broken-numbers.ts';
import { repairNumbers } from './homophones.ts';
import { displayLength, isoLength, type Length, lengthAt, minutesOf } from './lengths.ts';
import { sinceThen } from './since.ts';
import { isDenied, isLimit, standing } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  'about around roughly approximately almost nearly maybe probably for since going on been have has had last past over give take started starting began came on noticed first or now of at least straight been longer than ago already total altogether goin',
);

/** How long: "about two weeks", "an hour and a half", "since Friday" (counted to today); as ISO 8601, `P14D`. */
export function parseDuration(words: string, { today }: ParseContext): ParsedAnswer {
  const iso = words.trim();
  if (/^P(?=\d|T\d)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/.test(iso)) return taken(iso, displayLength(iso));
  const { tokens, repaired } = repairNumbers(tokenize(words));
  const since = sinceThen(tokens, today, carriers);
  if (since) return since;
  const found = findAll(tokens, lengthAt).map((match) => amended(tokens, match));
  const matches = restated(standing(tokens, found));
  const settled = settle(tokens, matches);
  if (!settled) {
    if (matches.length > 1) return refused('ambiguous', 'I heard more than one length of time.');
    return tokens.some((_, at) => decimalNumber(tokens, at))
      ? refused('incomplete', 'Is that hours, days, weeks, months or years?')
      : refused('not-understood', 'I could not make out how long.');
  }
  if (isLimit(tokens, settled.match) || isOpen(tokens, found, settled.match))
    return refused('ambiguous', 'I need one length of time.');
  const value = isoLength(settled.value);
  const { match, corrected } = settled;
  const amendedOne = match.end - match.start > 0 && found.length > matches.length;
  return answered(value, displayLength(value), {
    tokens,
    matches: found,
    match,
    carriers,
    corrected: corrected || amendedOne,
    repaired,
  });
}

function taken(value: string, display: string): ParsedAnswer {
  return { ok: true, value, display, covered: true, unused: [], confidence: 1 };
}

/** "Two weeks, sorry, three": a number that a correction puts in the place of the one said. */
function amended(tokens: readonly Token[], match: Match<Length>): Match<Length> {
  const turned = /^(?:no|sorry|wait|make|mean|actually)$/.test(tokens[match.end]?.word ?? '');
  if (!turned && !isDenied(tokens, match)) return match;
  const at = tokens.findIndex((_, index) => index >= match.end && decimalNumber(tokens, index) !== undefined);
  const number = at < 0 ? undefined : decimalNumber(tokens, at);
  if (!number || number.end < tokens.length || at > match.end + 4) return match;
  const unit = tokens[match.end - 1]!;
  const again = lengthAt([...tokens.slice(0, number.end), unit], at);
  return again ? { value: again.value, start: match.start, end: number.end } : match;
}

/** "A week and a half, ten days": the same length said twice, more or less; the last counts. */
function restated(matches: readonly Match<Length>[]): readonly Match<Length>[] {
  const [first, second] = matches;
  if (matches.length !== 2 || !first || !second) return matches;
  const ratio = minutesOf(first.value) / minutesOf(second.value);
  return ratio > 0.85 && ratio < 1.18 ? [second] : matches;
}

/** Another number or an "or" beside it: "a week or two", "three, maybe four weeks". */
function isOpen(
  tokens: readonly Token[],
  found: readonly Match<unknown>[],
  { start, end }: Match<unknown>,
): boolean {
  const [after = '', next = ''] = [tokens[end]?.word, tokens[end + 1]?.word];
  const before = tokens.slice(Math.max(0, start - 2), start).map(({ word }) => word);
  // "The better part of a year", "every two weeks".
  if (/\bpart of$|\b(?:every|couple)$/.test(before.join(' '))) return true;
  if (after === 'or' && next !== 'so') return true;
  return tokens.some((token, at) => {
    if (token.word === 'one' || found.some((match) => at >= match.start && at < match.end)) return false;
    const other = decimalNumber(tokens, at);
    if (!other) return false;
    const between = at < start ? tokens.slice(other.end, start) : tokens.slice(end, at);
    return !between.some(({ word }) => /^(?:no|sorry|wait|mean|make)$/.test(word));
  });
}
