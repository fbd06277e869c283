import { decimalNumber } from './broken-numbers.ts';
import type { Match, Token } from './tokens.ts';

/** "Out of ten", "over ten", "on a scale of one to ten": that the number lies on a scale, and no answer itself. */
export function scaleWordsAt(tokens: readonly Token[], at: number, scale: number): Match<null> | undefined {
  const words = tokens.slice(at, at + 4).map(({ word }) => word);
  const lead = words[0] === 'out' && words[1] === 'of' ? 2 : words[0] === 'over' ? 1 : 0;
  const end = lead > 0 ? decimalNumber(tokens, at + lead) : undefined;
  if (end?.value === scale) return { value: null, start: at, end: end.end };
  const named = words.findIndex((word) => word === 'scale');
  if (named < 0 || !words.slice(0, named).every((word) => /^(?:on|a|the)$/.test(word))) return undefined;
  const first = decimalNumber(tokens, at + named + 2);
  if (!/^(?:of|from)$/.test(tokens[at + named + 1]?.word ?? '') || !first) return undefined;
  const last = tokens[first.end]?.word === 'to' ? decimalNumber(tokens, first.end + 1) : undefined;
  return { value: null, start: at, end: last?.end ?? first.end };
}
