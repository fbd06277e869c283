import type { ParsedAnswer } from '../types.ts';
import { answered } from './answered.ts';
import { ordinalAt } from './date-words.ts';
import { findAll, type Match, type Token } from './tokens.ts';

/** None at all, as a count or an amount: "not a single one", "I've never had any", "free". */
const whole =
  /^(?:(?:no|oh|well|lord|um|uh|it's|that's|just|absolutely|i|i've|i have|we|we've|we have|he|she|got|had|have|nope)[,.]? )*(?:nothing|never|free|free of charge|no charge|nada|zero|zilch|none|goose egg|(?:a )?big fat zero|haven't|don't|didn't|not any|no)(?: (?:at all|whatsoever|ever|yet|now|anymore|any more|so far|thank god|thank goodness|thanks|sir|ma'am|i|to|it))*$/;
const inside =
  /\b(?:(?:not|nary|never) (?:even )?(?:a|one)(?: single)?(?: (?:one|time|day|drop|thing))?$|(?:not|nary|never) (?:even )?(?:a (?:single )?one|one)\b|(?:haven't|don't|didn't|never|can't|doesn't|hasn't)(?: \w+){0,3} (?:any|anything|one|a one)\b|(?:i|we|he|she) (?:haven't|have not)$|not had any\b|^(?:(?:i|we|i've|we've|he|she|have|has|got|there's|there are|there is) )*no (?!idea|clue|problem|thanks|thank|way|comment|sir|ma'am|answer|time|one|matter|more|longer)\w+$|^(?:no )?(?:i|we) (?:don't|never|haven't) (?!know|remember|recall|understand|think|care|want|mind|get|hear|follow|count|keep|see|say|believe|like)\w+$|^neither(?: of (?:them|us))?$|^none of (?:them|us|those)$)/;

/** Whether the words say that there is none. `plain`: with nothing else said. */
function saysNone(words: string): { plain: boolean } | undefined {
  if (whole.test(words)) return { plain: true };
  return inside.test(words) ? { plain: false } : undefined;
}

/** None, where no number is left that stands. */
export function noneIn(
  tokens: readonly Token[],
  found: readonly Match<number>[],
  carriers: ReadonlySet<string>,
): ParsedAnswer | undefined {
  const said = saysNone(tokens.map(({ word }) => word).join(' '));
  if (!said) return undefined;
  const match = { value: 0, start: 0, end: tokens.length };
  const unused = said.plain ? [] : tokens.map(({ word }) => word);
  return answered(0, '0', { tokens, matches: [...found, match], match, carriers, repaired: unused });
}

/** "This is my third", "the fourth time": as many, in doubt. */
export function ordinalIn(tokens: readonly Token[], carriers: ReadonlySet<string>): ParsedAnswer | undefined {
  const [match, other] = findAll(tokens, ordinalAt);
  const before = tokens[(match?.start ?? 0) - 1]?.word ?? '';
  if (!match || other || !/^(?:my|our|his|her|the)$/.test(before)) return undefined;
  return answered(match.value, String(match.value), {
    tokens,
    matches: [match],
    carriers,
    repaired: [tokens[match.start]!.word],
  });
}
