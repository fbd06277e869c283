import { candidatesOf } from '../definition/candidates.ts';
import { isAskable } from '../engine/catalogue.ts';
import { holds } from '../engine/compare.ts';
import type { AnswerValue, Condition, Item } from '../types.ts';

/** The answers to an item that conditions tell apart, one for each set of conditions that they fulfil. */
export function choicesOf(item: Item, conditions: readonly Condition[]): (readonly AnswerValue[])[] {
  const own = conditions.filter(({ linkId }) => linkId === item.linkId);
  if (!isAskable(item) && !isWorkedOut(item)) return [item.initial];
  const single = candidatesOf(item, own).map((value) => [value]);
  // Several answers at once can fulfil what no one of them does.
  const several = item.repeats && single.length > 1 ? [...single, single.flat()] : single;
  const wantsNone = own.some(({ operator, answer }) => operator === 'exists' && answer === false);
  const all = wantsNone || several.length === 0 ? [...several, []] : several;
  const bySignature = new Map(
    all.map((answers) => [own.map((condition) => (holds(condition, answers) ? 1 : 0)).join(''), answers]),
  );
  return [...bySignature.values()];
}

/** Whether an expression gives it its value, which nobody knows before the call. */
export function isWorkedOut({ logic }: Item): boolean {
  return logic?.calculated !== undefined || logic?.initial !== undefined;
}
