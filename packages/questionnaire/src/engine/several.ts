import type { AnswerOption, AnswerValue, IntakeState, Item, ItemState } from '../types.ts';
import { sameValue } from './compare.ts';
import type { Problem } from './validate.ts';

type Answered = Extract<ItemState, { status: 'answered' }>;
interface Given {
  value: AnswerValue;
  display: string;
  confirmed: boolean;
}

/** One more answer of a repeating item. One that stands alone takes the place of the others, and they its. */
export function withAnother(item: Item, known: Answered | undefined, given: Given): Answered {
  const { value, display, confirmed } = given;
  const before = known?.values ?? [];
  const alone = [value, ...before].some((one) => isExclusive(item, one));
  const isKnown = before.some((one) => sameValue(one, value));
  const values = isKnown ? before : alone ? [value] : [...before, value];
  const isFull = isExclusive(item, value) || values.length >= (item.maxOccurs ?? Infinity);
  const shown = isKnown ? known!.display : values.length === 1 ? display : `${known!.display}; ${display}`;
  return { status: 'answered', values, display: shown, confirmed, open: !isFull };
}

function isExclusive(item: Item, value: AnswerValue): boolean {
  return item.options.some((option) => option.exclusive === true && sameValue(option.value, value));
}

/** "None, and milk". */
export function exclusiveProblem(chosen: readonly AnswerOption[]): Problem | undefined {
  const alone = chosen.find((option) => option.exclusive);
  if (!alone || chosen.length < 2) return undefined;
  return { code: 'ambiguous', problem: `"${alone.display}" does not go with another answer.` };
}

/** More than maxOccurs. */
export function countProblem(
  state: Pick<IntakeState, 'items'>,
  item: Item,
  more: number,
): Problem | undefined {
  const { maxOccurs } = item;
  if (!item.repeats || maxOccurs === undefined) return undefined;
  const known = state.items[item.linkId];
  const given = known?.status === 'answered' ? known.values.length : 0;
  if (given + more <= maxOccurs) return undefined;
  return { code: 'out-of-range', problem: `I can note no more than ${maxOccurs}.` };
}
