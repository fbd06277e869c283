import { isLimited } from '../parse/boolean.ts';
import { parseAnswer } from '../parse/parse-answer.ts';
import type { AnswerValue, Evidence, Input, Item, ParseContext, ParsedAnswer } from '../types.ts';
import { sameValue } from './compare.ts';
import { inOwnUnit } from './units.ts';
import { type Problem, ruleProblem } from './validate.ts';

export interface Understood {
  value: AnswerValue;
  display: string;
  /** The recogniser was unsure, or the caller's own words say something else or more than the value; or only sound like it. */
  doubt: boolean | 'by-sound';
}

const sureEnough = 0.75;
const typed = new Set(['date', 'dateTime', 'time', 'integer', 'decimal', 'quantity']);

/**
 * The value of an answer, parsed and held to the item's rules, or what is wrong with it. `reassurance` is the yes or no
 * that raises no alarm where the other one does: half said, it is not taken.
 */
export function understand(
  item: Item,
  input: Extract<Input, { kind: 'answer' }>,
  context: ParseContext & { reassurance?: boolean | undefined },
): Understood | Problem {
  const parsed = inOwnUnit(item, String(input.value)) ?? parseAnswer(item, String(input.value), context);
  if (!parsed.ok) return { code: parsed.code, problem: parsed.problem };
  const problem = ruleProblem(item, parsed.value, context);
  if (problem) return problem;
  const { value, display } = parsed;
  const heard = hasForm(item)
    ? (inOwnUnit(item, input.words) ?? parseAnswer(item, input.words, context))
    : undefined;
  if (value === context.reassurance && [parsed, heard].some((said) => takesBack(said, value)))
    return halfSaid;
  const bySound = [parsed, heard].some((said) => said?.ok === true && said.bySound);
  return { value, display, doubt: bySound ? 'by-sound' : isDoubtful(item, value, heard, input.evidence) };
}

const halfSaid: Problem = {
  code: 'ambiguous',
  problem: 'I could not tell whether that is a yes or a no.',
};

/** "No, only a little" is no "no"; nor is the model's "no" for the caller's "a little". */
function takesBack(said: ParsedAnswer | undefined, value: AnswerValue): boolean {
  return said?.ok === true && (said.value !== value || isLimited(said.unused));
}

/** `heard`: the caller's own words, parsed, where the item has a form that they can be held to. */
function isDoubtful(
  item: Item,
  value: AnswerValue,
  heard: ParsedAnswer | undefined,
  evidence: Evidence | undefined,
): boolean {
  if (evidence?.lane === 'keypad') return false;
  if ((evidence?.confidence ?? 1) < sureEnough) return true;
  if (!heard) return false;
  // Words that were not used may change the value: "the day before", "two weeks, no, more".
  if (heard.ok) return !heard.covered || !sameValue(heard.value, value);
  // The model made a date or number of words in which the parser finds none.
  return typed.has(item.type);
}

/** Whether the words of an answer have a form that a parser can hold them to. */
function hasForm(item: Item): boolean {
  return typed.has(item.type) || item.type === 'boolean' || item.type === 'choice' || item.form !== 'free';
}

export function needsReadBack(item: Item, doubt: Understood['doubt'], evidence?: Evidence): boolean {
  if (evidence?.unheard === true || doubt === 'by-sound') return true;
  return item.readBack === 'always' || (doubt && item.readBack === 'on-doubt');
}
