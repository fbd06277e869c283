import { intentOf } from './intent.ts';
import { digitOf, smallNumber } from './numbers.ts';
import { type Token, tokenize } from './tokens.ts';

/** Not to know, in a sentence of its own: "I couldn't tell you", "no idea", "they never told me". */
const unknown = [
  /\b(?:i )?(?:really |honestly )?(?:don't|do not|wouldn't|couldn't|can't|didn't|can not) (?:really |even |quite |rightly |exactly )?(?:know|remember|recall|tell you|tell ya|say|think of|put a number|rate)\b/,
  /\b(?:no|not the (?:faintest|foggiest|slightest)|haven't (?:a|the)|without a) (?:idea|clue)\b/,
  /\b(?:dunno|beats me|your guess is as good as mine|search me|who knows|lord knows|god knows|hard to say|i forget|i forgot|i've forgotten|slips my mind|slipped my mind|drawing a blank|lost track)\b/,
  /\b(?:never|nobody|no one) told me\b/,
  /\b(?:i'm|i am) not (?:really |too |entirely |quite )?(?:sure|certain)\b/,
  /^(?:not (?:really )?(?:sure|certain))\b/,
  /\bdon't have (?:it|that|them|my \w+|the \w+) (?:on me|with me|handy|here|in front of me|by me)\b/,
  /\b(?:you'd|you would|you'll|i'd|i would) (?:have to|need to|gotta) (?:ask|look|check)\b/,
  /\bdon't (?:own|have) (?:a|any) (?:scale|thermometer|card|meter|monitor|cuff)\b/,
];

/** Not to say, where one could. */
const declined = [
  /\b(?:i'd|i would|i) (?:just )?(?:rather|prefer) (?:not|to not|stay|keep|remain)\b/,
  /\bprefer not\b/,
  /\bnone of (?:your|their|anybody's|anyone's) (?:\w+)\b/,
  /\b(?:i'm|i am|am)? ?not (?:giving|telling|saying|sharing|answering|doing|playing|picking|choosing|typing|going to (?:give|tell|say|share|answer)|gonna (?:give|tell|say|share|answer)|comfortable)\b/,
  /\b(?:don't|do not) (?:want|wish|care|like|feel comfortable|feel like) (?:to |any )?(?:say|saying|tell|telling|talk|talking|share|sharing|give|giving|answer|answering|discuss|go into|get into|e-?mails?|calls?|texts?)\b/,
  /\b(?:won't|will not|refuse to) (?:say|tell|give|share|answer|be (?:saying|giving|sharing|answering))\b/,
  /\b(?:that's|it's|that is) (?:private|personal|my business|my own business|confidential|between me)\b/,
  /\byou (?:don't|do not) need (?:that|it|to know|to have)\b/,
  /\b(?:no comment|next question|mind your own|let's (?:skip|move on|not)|skip (?:it|that|this)|pass on that|i'll pass|i pass|leave (?:it|that) blank)\b/,
];

/** Words of a value: with one of them the caller was giving an answer, and did not finish it. */
const measures =
  /^(?:seconds|minutes|hours|days|weeks|months|years|pounds?|kilos?|fahrenheit|celsius|milligrams?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|either|half)$/;

/**
 * That the caller does not know or will not say, somewhere in words of which no value could be made. Looser than `intentOf`, which is
 * asked before a value is looked for.
 */
export function noAnswerIn(words: string): 'unknown' | 'declined' | undefined {
  const plain = intentOf(words);
  if (plain === 'unknown' || plain === 'declined') return plain;
  const tokens = tokenize(words);
  const said = tokens.map(({ word }) => word).join(' ');
  if (declined.some((pattern) => pattern.test(said))) return 'declined';
  if (/\bno (?:idea|clue)$/.test(said)) return 'unknown';
  if (tokens.some((_, at) => isValue(tokens, at))) return undefined;
  return unknown.some((pattern) => pattern.test(said)) ? 'unknown' : undefined;
}

function isValue(tokens: readonly Token[], at: number): boolean {
  const { word } = tokens[at]!;
  if (/\d/.test(word) || measures.test(word)) return true;
  return (
    word !== 'one' &&
    word !== 'oh' &&
    word !== 'o' &&
    (digitOf(word) !== undefined || smallNumber(tokens, at) !== undefined)
  );
}
