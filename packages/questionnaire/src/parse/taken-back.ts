import { type Match, type Token, wordSet } from './tokens.ts';

/** Words with which a caller gives up what was said before them. */
const withdrawals =
  /\b(?:(?:that's|that is|it's|is|isn't|not) (?:not )?(?:right|it)(?: either)?$|start over|start again|scratch that|forget (?:it|that)|never ?mind|not right|that's wrong|or something|something like that)\b/;

/** Whether what follows the value takes it back: "… no, that's not right either", "start over". */
export function isTakenBack(tokens: readonly Token[], matches: readonly Match<unknown>[]): boolean {
  const last = matches.at(-1);
  const after = tokens.slice(last?.end ?? 0).map(({ word }) => word);
  const said = after.join(' ');
  return (
    withdrawals.test(said) &&
    /\b(?:no|not|isn't|wrong|over|again|scratch|forget|never|nevermind|something)\b/.test(said)
  );
}

export const correcting = wordSet('no sorry wait actually correction scratch rather make');

/** "No", "sorry", "I mean": what follows puts right what was said before. */
export function isCorrecting(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  return correcting.has(word) || (word === 'mean' && tokens[at - 1]?.word === 'i');
}
