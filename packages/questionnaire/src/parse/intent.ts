import type { Item, ProblemCode } from '../types.ts';
import { tokenize } from './tokens.ts';
import { parseYesNo } from './yes-no.ts';

/** What the caller says about the question instead of answering it. */
export type CallerIntent = 'unknown' | 'declined' | 'repeat' | 'why';

const patterns: readonly [CallerIntent, RegExp][] = [
  [
    'unknown',
    /^(?:(?:sorry|well|no|oh|honestly)\s)*(?:i )?(?:really )?(?:don't|do not|dunno|wouldn't|couldn't|can't) ?(?:really )?(?:know|remember|recall|tell|say for sure)(?: (?:it|that|them|for sure|right now|offhand|off the top of my head|sorry))*$/,
  ],
  [
    'unknown',
    /^(?:(?:sorry|well|oh|honestly|i'm|i am|no)\s)*(?:not (?:really )?(?:sure|certain)|no idea|no clue|i have no (?:idea|clue)|i forget|i forgot|dunno|i've no idea)(?: about that| of that| sorry| really)*$/,
  ],
  [
    'declined',
    /^(?:(?:sorry|well|no|oh|actually)\s)*(?:(?:i'd|i would|i) (?:rather|prefer) not(?: to)?(?: say| tell| answer| tell you| say that| give that| give that out| share| share that)?|none of your business|skip(?: that| this| it)?(?: one| question)?|pass|i (?:don't|do not) (?:want|wish|care) to (?:say|answer|tell|share)(?: that| you| it)?(?: you)?|i won't (?:say|answer|tell)(?: that| you)?|(?:i )?refuse(?: to (?:say|answer))?|no comment|next question)(?: please)?$/,
  ],
  [
    'repeat',
    /^(?:(?:sorry|excuse|wait|um|what)\s)*(?:what|pardon(?: me)?|excuse me|huh|sorry|come again|say (?:that|it) again|(?:can|could|would|will) you (?:please )?(?:repeat|say)(?: (?:that|it|the question|again|that again|it again))*|repeat(?: that| the question)?|what was that|what did you (?:say|ask)|i (?:didn't|did not|couldn't|can't) (?:hear|catch|get|understand)(?: (?:you|that|it))?|one more time)(?: please| again)*$/,
  ],
  [
    'why',
    /^(?:(?:and|but|sorry|well)\s)*(?:why(?: (?:do|would|are|did) (?:you|they) .{0,40}| is that.{0,30}| do i .{0,40})?|what (?:do you need|is) (?:that|this|it) for|what for)$/,
  ],
];

/** Undefined for anything that may be an answer. */
export function intentOf(words: string): CallerIntent | undefined {
  const said = tokenize(words)
    .map((token) => token.word)
    .join(' ');
  return patterns.find(([, pattern]) => pattern.test(said))?.[0];
}

const knowing = /^(?:(?:and|so|now),? )?(?:do|would) you (?:happen to )?(?:know|remember|recall)\b/i;

/** A bare yes or no to "Do you know your weight?", where the weight is wanted. */
export function knowsIt(item: Pick<Item, 'type' | 'prompt' | 'text'>, words: string): boolean | undefined {
  if (item.type === 'boolean' || item.type === 'choice' || item.type === 'open-choice') return undefined;
  const question = [item.prompt, item.text].find((text) => knowing.test(text));
  const denied = words.replace(/\b(?:don['’]?t|do not) (?:really )?(?:know|remember|recall)\b/i, 'no');
  const said = question === undefined ? undefined : parseYesNo(denied, question);
  return said?.unused.length === 0 ? said.yes : undefined;
}

/** After a "yes, I do" that says no more. */
export const whatIsIt: { code: ProblemCode; problem: string } = {
  code: 'incomplete',
  problem: 'What is it, then?',
};
