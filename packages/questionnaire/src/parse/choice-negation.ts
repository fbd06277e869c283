import { carriers, negations } from './option-words.ts';
import { type Match, type Token, unusedWords } from './tokens.ts';

/** A "no" or "not" beside what was named, that neither corrects nor belongs to something else that was named. */
export function isNegated(
  tokens: readonly Token[],
  matches: readonly Match<unknown>[],
  kept: readonly Match<unknown>[],
): boolean {
  const [first, last] = [kept[0]!, kept.at(-1)!];
  const dropped = matches.filter((match) => !kept.includes(match));
  return tokens.some(({ word }, at) => {
    if (!negations.has(word) || matches.some(({ start, end }) => at >= start && at < end)) return false;
    if (dropped.some(({ start }) => start > at)) return false;
    if (dropped.some(({ end }) => at >= end && at - end < 3)) return false;
    if (at > first.start && at < last.start) return false;
    if (isRemark(tokens, at, kept) || at < butBefore(tokens, first.start)) return false;
    // "No, mornings": the no answers something else; "no morning" denies it.
    return !(word === 'no' && at < first.start && tokens[at]!.pause === true);
  });
}

/** The end of the "but" that leads to what was named: "I'm not one to moan, but several days". "Any day but Monday" is none. */
function butBefore(tokens: readonly Token[], start: number): number {
  const at = tokens.slice(0, start).findLastIndex(({ word }) => word === 'but');
  const led = unusedWords(tokens.slice(at + 1, start), [], carriers).length === 0;
  const before = tokens[at - 1]?.word ?? '';
  return at > 0 && led && !/^(?:any\w*|all|every\w*|nothing|none|one|time|day|days|no)$/.test(before)
    ? at + 1
    : 0;
}

const verdicts =
  /^(?:do|work|good|great|make|come|be|help|convenient|possible|an|any|so|that|really|well|for)$/;

/** "Morning, I can't drive in the dark": what cannot be is another thing. "Mornings I can't", "morning doesn't work" deny it. */
function isRemark(tokens: readonly Token[], at: number, kept: readonly Match<unknown>[]): boolean {
  if (!/n't$|^never$/.test(tokens[at]!.word)) return false;
  const next = tokens[at + 1]?.word;
  return (
    next !== undefined && !verdicts.test(next) && !kept.some(({ start }) => start > at && start - at < 4)
  );
}
