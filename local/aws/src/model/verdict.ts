import { plain } from './text.ts';

/** Yes or no, and what was said besides. */
export interface Verdict {
  readonly yes: boolean;
  readonly rest: string;
}

const before = '(?:(?:um|uh|oh|well|okay|ok|so)\\s)*';
const yes = new RegExp(
  `^${before}(?:yes|yeah|yep|yup|ya|sure|correct|right|exactly|absolutely|definitely|certainly|of course|affirmative|indeed|perfect|fine|okay|ok|uh-?huh|mm-?hmm|that's (?:right|correct|it|me|fine|good|the one)|that is (?:right|correct)|it is|it's (?:right|correct|fine)|you(?:'ve| have)? got it|sounds (?:right|good)|i do|i am|i have|please do)\\b`,
);
const no = new RegExp(
  `^(?:(?:um|uh|oh|well|okay|ok|so|actually|sorry|yes|yeah)\\s)*(?:${[
    'no(?! problem)|nope|nah|negative|false|wrong|incorrect',
    'not (?:quite|really|right|correct|exactly|at all)',
    // "Of course not", "I have not": a yes that is taken back by the next word.
    '(?:absolutely|definitely|certainly|surely|of course|(?:i|we) (?:do|am|have|did|are)|(?:it|that|this) (?:is|was)) (?:not(?! a problem)|never)',
    "(?:i|we) (?:don't|haven't|didn't)|i'm not|(?:it|that|this) (?:isn't|wasn't|doesn't)|(?:it|that|this)'s not",
    "(?:it|that|this)(?: is| was|'s) (?:all |still |completely |totally )?(?:wrong|incorrect|false)",
    "you(?:'ve| have)? (?:got|have|had|heard|understood|wrote) (?:it|that|this|me|my \\w+|the \\w+) (?:all |completely )?(?:wrong|incorrectly)",
    'you (?:misheard|misunderstood)(?: me| that| it)?',
  ].join('|')})(?![\\w'])`,
);

/** A verdict at the beginning of what was said, and what came after it. */
export function verdictIn(words: string): Verdict | undefined {
  const said = plain(words).replace(/\?/g, '');
  for (const [pattern, verdict] of [
    [no, false],
    [yes, true],
  ] as const) {
    const match = pattern.exec(said);
    if (match) return { yes: verdict, rest: restAfter(words, match[0].split(' ').length) };
  }
  return undefined;
}

/** Words that agree only when nothing follows them: "it is" does, "it is March fifth" is a new value. */
const opensValue = /^(?:(?:um|uh|oh|well|okay|ok|so)\s)*(?:it is|i do|i am|i have)\b/;
const exception =
  /^(?:(?:but|only|just|although|though|however)[\s,]+)?(?:except(?: for| that)?|apart from|other than)\b[\s,]*/i;
const objection =
  /^(?:but|only|although|though|however)[\s,]+(?=(?:it|that|this|not|with|spell(?:ed|ing)|the)\b|.*\b(?:wrong|incorrect|should|supposed|mistake|missing|instead|not)\b)/i;
const fault = /\b(?:wrong|incorrect|not (?:right|correct)|isn't (?:right|correct)|a mistake)\b/i;

/** The verdict on a value that was read back, `partly` when it is right but for what follows. */
export function readBackVerdict(words: string): (Verdict & { readonly partly: boolean }) | undefined {
  const verdict = verdictIn(words);
  if (!verdict?.yes) return verdict && { yes: false, rest: withoutSecondNo(verdict.rest), partly: false };
  const { rest } = verdict;
  if (rest !== '' && opensValue.test(plain(words))) return undefined;
  const reservation = [exception, objection].find((pattern) => pattern.test(rest));
  if (reservation) return { yes: false, rest: rest.replace(reservation, ''), partly: true };
  if (fault.test(rest) && !/\bnothing\b/i.test(rest)) return { yes: false, rest, partly: true };
  return { ...verdict, partly: false };
}

/** "No, you got it wrong, it's …": what follows the last no. */
function withoutSecondNo(rest: string): string {
  const again = verdictIn(rest);
  return again?.yes === false ? again.rest : rest;
}

/** True for words that say where a value is wrong, not what is right. */
export function isComplaint(words: string): boolean {
  return (
    fault.test(words) ||
    /^(?:the|that|my) (?:\w+ )*(?:digits?|numbers?|letters?|year|month|day|name|spelling|part|one)[.!]?$/i.test(
      words.trim(),
    )
  );
}

const verdictTail =
  /^(?:(?:that's|that is|it's|it is|this is|you(?:'ve| have)? got (?:it|that)|sir|ma'am|madam|please|thanks|thank you|yes|yeah|no|nope|right|correct|wrong|not|it|quite|absolutely|at all|all|exactly|is|sorry|i do|i am|i have|agree|think so)\b[\s,.!]*)+$/i;

/** The words after the first `count`, unless they only say the verdict again. */
function restAfter(words: string, count: number): string {
  const tokens = words.trim().split(/\s+/);
  const rest = tokens
    .slice(count)
    .join(' ')
    .replace(/^[\s,.;:-]+/, '');
  return verdictTail.test(rest) ? '' : rest;
}

/** True when the agent's words read a value back and wait for a yes. */
export function isReadBack(text: string): boolean {
  return /\b(?:is|was|are) (?:that|this|it|those) (?:all )?(?:right|correct)\b|\bdid i (?:get|hear|have|understand|note|spell) (?:that|it|you|this)\b|\b(?:have|did) i (?:got|get) (?:that|it|this)\b|,? (?:correct|right|yes)\?\s*$|\bdo i have that right\b|\bis that what you said\b/i.test(
    text,
  );
}
