import { intentOf } from './intent.ts';
import { digitOf, smallNumber } from './numbers.ts';
import { type Token, tokenize } from './tokens.ts';

const cannot = "(?:don't|do not|wouldn't|couldn't|can't|didn't|can not|could not|would not|never could)";

/** Not to know, in a sentence of its own: "I couldn't tell you", "no idea", "they never told me". */
const unknown = [
  new RegExp(
    `\\b(?:i )?(?:really |honestly )?${cannot} (?:really |even |quite |rightly |exactly |for the life of me )?(?:know|remember|recall|tell you|tell ya|say|think of|put a number|rate|keep track|pay attention)\\b`,
  ),
  /\b(?:no|not the (?:faintest|foggiest|slightest)|haven't (?:a|the|got a)|hadn't a|without a) (?:earthly |real )?(?:idea|clue|notion|recollection|memory)\b/,
  /\b(?:haven't|not) the (?:faintest|foggiest|slightest)\b/,
  /\b(?:dunno|beats me|your guess is as good as mine|search me|who knows|lord knows|god knows|heaven knows|goodness knows|hard to say|i forget|i forgot|i've forgotten|it escapes me|slips my mind|slipped my mind|gone (?:clean |right )?out of my (?:head|mind)|drawing a blank|(?:gone|went|going) blank|lost (?:track|count)|stopped counting|how (?:should|would|could) i know|who (?:can|could|would) (?:remember|say))\b/,
  /\b(?:never|nobody|no one|they never|haven't been|wasn't) (?:ever )?(?:told|tells?|said|says?|knows?|knew)(?: me| us)?\b/,
  /\b(?:i'm|i am) not (?:really |too |entirely |quite |exactly |at all )?(?:sure|certain)\b/,
  /^(?:not (?:really |too |quite )?(?:sure|certain))\b/,
  /\b(?:don't|haven't|ain't|do not) (?:have|got|got) (?:it|that|them|my \w+|the \w+) (?:on me|with me|handy|here|in front of me|by me|to hand)\b/,
  /\b(?:you'd|you would|you'll|i'd|i would) (?:have to|need to|gotta) (?:ask|look|check|find|go)\b/,
  /\b(?:don't|haven't|ain't|do not) (?:own|have|got|got) (?:a|any) (?:scale|thermometer|card|meter|monitor|cuff|ruler|watch|calendar)\b/,
  /\b(?:haven't|never|hadn't) (?:ever |had it |been |stepped |got it )?(?:weighed|measured|checked|counted|looked|on a scale|memori[sz]ed|learned it)\b/,
];

const speaking =
  '(?:giv|tell|say|shar|answer|disclos|discuss|hand|read|repeat|provid|reveal|spell|talk|state|leav)';
/** Not to say, where one could. */
const declined = [
  /\b(?:i'd|i would|i) (?:just |much |really )?(?:rather|prefer) (?:not|to not|stay|keep|remain|skip|pass|leave)\b/,
  /\b(?:prefer|rather) not\b/,
  /\bnone of (?:your|their|anybody's|anyone's) (?:\w+)\b/,
  new RegExp(
    `\\b(?:i'm|i am|am|we're)? ?not (?:${speaking}ing|doing|playing|picking|choosing|typing|going (?:into|there)|(?:going to|gonna|about to|willing to|prepared to) ${speaking}e?|comfortable|at liberty)\\b`,
  ),
  /\b(?:don't|do not) (?:want|wish|care|like|feel comfortable|feel like) (?:to |any )?(?:say|saying|tell|telling|talk|talking|share|sharing|give|giving|answer|answering|discuss|discussing|go into|get into|e-?mails?|calls?|texts?|spam|junk|the spam|leave|leaving)\b/,
  new RegExp(
    `\\b(?:won't|will not|refuse to|don't|do not|never) (?:be )?(?:just )?${speaking}e?(?:ing)? (?:out |away )?(?:my|that|it|this|those|such|personal|any|information|a number)\\b(?! (?:for sure|offhand|off|exactly))`,
  ),
  /\b(?:won't|will not|refuse to) (?:say|tell|give|share|answer|be (?:saying|giving|sharing|answering))\b/,
  /\b(?:that's|it's|that is) (?:private|personal|my business|my own business|my affair|confidential|between me|for me to know|nobody's business)\b/,
  /\byou (?:don't|do not) need (?:that|it|to know|to have)\b/,
  /\byou (?:don't|do not|never|shouldn't|should never) ask (?:a|an|me|people)\b/,
  /\b(?:lady|gentleman|woman) (?:never|doesn't|does not|don't) (?:tell|say|reveal)s?\b/,
  /\b(?:no comment|next question|mind your own|let's (?:skip|move on|not)|skip (?:it|that|this)|pass on that|i'll pass|i pass|leave (?:it|that) (?:blank|out)|move on|keep (?:that|it) to myself|wouldn't you like to know|why should i (?:say|tell|give)|not over the phone|nice try|(?:not|nothing) to (?:a|some) (?:robot|machine|computer|stranger))\b/,
  /\b(?:don't|do not) do (?:numbers|that|scales|surveys)\b/,
  /\bpass$/,
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
  if (tokens.some((_, at) => isNumber(tokens, at))) return undefined;
  // "Haven't stepped on a scale in years, couldn't tell you": no value is broken off.
  const open = said.replace(/\bin (?:years|ages|months|weeks)\b/g, '');
  const broken =
    open.split(' ').some((word) => measures.test(word)) || /\b(?:a few|several|lots|many of)\b/.test(open);
  return !broken && unknown.some((pattern) => pattern.test(said)) ? 'unknown' : undefined;
}

function isNumber(tokens: readonly Token[], at: number): boolean {
  const { word } = tokens[at]!;
  if (/\d/.test(word)) return true;
  return (
    word !== 'one' &&
    word !== 'oh' &&
    word !== 'o' &&
    (digitOf(word) !== undefined || smallNumber(tokens, at) !== undefined)
  );
}
