import type { Match, Token } from './tokens.ts';

/** The numbers without those that only tell of when, how long or what else; all of them, where none would be left. */
export function withoutContext(
  tokens: readonly Token[],
  matches: readonly Match<number>[],
): readonly Match<number>[] {
  if (matches.length < 2) return matches;
  const others = matches.filter((match) => !isPronoun(tokens, match) && !isTime(tokens, match));
  return others.length > 0 ? others : matches;
}

/** A "one" that stands for something: "twelve, one for each month", "six under one roof". */
function isPronoun(tokens: readonly Token[], { start, end, value }: Match<number>): boolean {
  const [before = '', next = ''] = [tokens[start - 1]?.word, tokens[end]?.word];
  const alone = value === 1 && end === start + 1 && tokens[start]!.word === 'one';
  const other = /^(?:on the way|at (?:each|every|a)|too many)\b/.test(
    tokens
      .slice(end, end + 3)
      .map(({ word }) => word)
      .join(' '),
  );
  return (
    alone && (other || /^(?:for|per|each|died|passed)$/.test(next) || /^(?:under|that|as)$/.test(before))
  );
}

/** "Four times in two months", "back in seventy four", "at six in the morning", "two weeks ago". */
function isTime(tokens: readonly Token[], { start, end, value }: Match<number>): boolean {
  const before = tokens
    .slice(Math.max(0, start - 3), start)
    .map(({ word }) => word)
    .join(' ');
  const [next = '', after = ''] = [tokens[end]?.word, tokens[end + 1]?.word];
  const span = /^(?:days?|weeks?|months?|years?|hours?|minutes?)$/.test(next);
  if (
    span &&
    (after === 'ago' || /\b(?:in|over|within|every|(?:last|past))(?: the)?(?: last| past)?$/.test(before))
  )
    return true;
  if (value >= 1900 && value < 2100 && /\b(?:in|since|year|of)$/.test(before)) return true;
  // "If ten is the worst, then eight".
  if (/\b(?:back in|born in|since|in the year|if)$/.test(before)) return true;
  return /^(?:am|pm|o'clock)$/.test(next);
}

/** "Three kids, two boys and a girl": the first is the sum of the others. */
export function brokenDown(
  tokens: readonly Token[],
  [first, ...rest]: readonly Match<number>[],
): { value: number; corrected: boolean; match: Match<number> } | undefined {
  if (!first || rest.length === 0) return undefined;
  const articles = tokens.slice(first.end).filter(({ word }) => /^(?:a|an)$/.test(word)).length;
  const sum = rest.reduce((total, { value }) => total + value, 0);
  return sum === first.value || sum + articles === first.value
    ? { value: first.value, corrected: true, match: first }
    : undefined;
}
