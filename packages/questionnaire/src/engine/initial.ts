import { displayOf } from '../speak/display-of.ts';
import type { AnswerValue, Item, ItemState } from '../types.ts';
import { isAskable } from './catalogue.ts';
import { needsReadBack } from './understand.ts';

/** Values that nobody said: taken as they are, or read back where the item has its values read back in doubt. */
export function givenAnswer(
  item: Item,
  values: readonly AnswerValue[],
): Extract<ItemState, { values: unknown }> {
  return {
    status: 'answered',
    values: item.repeats ? [...values] : values.slice(0, 1),
    display: displayOf(values, item),
    confirmed: !isAskable(item) || !needsReadBack(item, true),
  };
}
