import { parseAnswer } from '../parse/parse-answer.ts';
import type { AnswerValue, Evidence, Input, Item, ParseContext } from '../types.ts';
import { sameValue } from './compare.ts';
import { type Problem, ruleProblem } from './validate.ts';

export interface Understood {
  value: AnswerValue;
  display: string;
  /** The recogniser was unsure, or the caller's own words say something else or more than the value. */
  doubt: boolean;
}

const sureEnough = 0.75;
const typed = new Set(['date', 'dateTime', 'time', 'integer', 'decimal', 'quantity']);

/** The value of an answer, parsed and held to the item's rules, or what is wrong with it. */
export function understand(
  item: Item,
  input: Extract<Input, { kind: 'answer' }>,
  context: ParseContext,
): Understood | Problem {
  const parsed = parseAnswer(item, String(input.value), context);
  if (!parsed.ok) return { code: parsed.code, problem: parsed.problem };
  const problem = ruleProblem(item, parsed.value, context);
  if (problem) return problem;
  const { value, display } = parsed;
  return { value, display, doubt: isDoubtful(item, value, input.words, input.evidence, context) };
}

function isDoubtful(
  item: Item,
  value: AnswerValue,
  words: string,
  evidence: Evidence | undefined,
  context: ParseContext,
): boolean {
  if (evidence?.lane === 'keypad') return false;
  if ((evidence?.confidence ?? 1) < sureEnough) return true;
  if (!hasForm(item)) return false;
  const heard = parseAnswer(item, words, context);
  if (heard.ok) return heard.covered && !sameValue(heard.value, value);
  // The model made a date or number of words in which the parser finds none.
  return typed.has(item.type);
}

/** Whether the words of an answer have a form that a parser can hold them to. */
function hasForm(item: Item): boolean {
  return typed.has(item.type) || item.type === 'boolean' || item.type === 'choice' || item.form !== 'free';
}

export function needsReadBack(item: Item, doubt: boolean): boolean {
  return item.readBack === 'always' || (doubt && item.readBack === 'on-doubt');
}
