import type { Match, Token } from './tokens.ts';

/**
 * Of several values those that the caller lets stand: "not fifty" is denied, "it was a six" is over where another value is
 * now. What is left may still be several.
 */
export function standing<T>(tokens: readonly Token[], matches: readonly Match<T>[]): readonly Match<T>[] {
  if (matches.length < 2) return matches;
  const asserted = matches.filter((match) => !isDenied(tokens, match));
  const kept = asserted.length > 0 ? asserted : matches;
  const marks = kept.map((_, index) => tenseOf(tokens, kept, index));
  if (!marks.includes('past')) return kept;
  const now = kept.filter((_, index) => marks[index] !== 'past');
  return now.length > 0 ? now : kept;
}

function isDenied(tokens: readonly Token[], match: Match<unknown>): boolean {
  const before = tokens.slice(Math.max(0, match.start - 2), match.start).map(({ word }) => word);
  return (
    before.at(-1) === 'not' ||
    (before[0] === 'not' && /^(?:a|an|the|my|his|her|your|in|for)$/.test(before[1] ?? ''))
  );
}

const past = /^(?:was|were|used|yesterday|previously|formerly|had|before)$/;
const present = /^(?:now|today|currently|is|it's|i'm|im)$/;

/** What the words since the last value, and the two after it, tell of when it holds. */
function tenseOf(
  tokens: readonly Token[],
  matches: readonly Match<unknown>[],
  index: number,
): 'past' | 'present' | undefined {
  const [before, match, after] = [matches[index - 1], matches[index]!, matches[index + 1]];
  const lead = tokens.slice(Math.max(before?.end ?? 0, match.start - 5), match.start);
  const words = lead.map(({ word }) => word);
  const marked = words.findLast((word) => past.test(word) || present.test(word));
  if (marked !== undefined) return past.test(marked) ? 'past' : 'present';
  const next = tokens.slice(match.end, Math.min(after?.start ?? Infinity, match.end + 1))[0]?.word ?? '';
  return /^(?:yesterday|before)$/.test(next) ? 'past' : undefined;
}

const limits = [
  'more than',
  'less than',
  'fewer than',
  'longer than',
  'at least',
  'at most',
  'upwards of',
  'up to',
  'over',
  'under',
  'above',
  'below',
].map((limit) => limit.split(' '));
const articles = /^(?:a|an|the|about|just|well|little|bit)$/;

/** Whether the value is only a limit of the one meant: "more than ten", "a bit over a hundred", "ten or more". */
export function isLimit(tokens: readonly Token[], match: Match<unknown>): boolean {
  let at = match.start;
  while (at > 0 && articles.test(tokens[at - 1]!.word)) at -= 1;
  const before = limits.some((limit) =>
    limit.every((word, index) => tokens[at - limit.length + index]?.word === word),
  );
  const after = tokens
    .slice(match.end, match.end + 2)
    .map(({ word }) => word)
    .join(' ');
  return before || /^(?:or (?:more|less|fewer|over|under)|plus|and up|something)\b/.test(after);
}

/** "Two or three", "two to three", "between two and three", "eight, nine, somewhere around there": undefined for one value. */
export function isRange(tokens: readonly Token[], [first, second]: readonly Match<unknown>[]): boolean {
  if (!first || !second) return false;
  const between = tokens.slice(first.end, second.start).map(({ word }) => word);
  const lead = tokens[first.start - 1]?.word;
  if (lead === 'between' && between[0] === 'and') return true;
  return between.length === 1 && /^(?:or|to|through|and)$/.test(between[0]!);
}
