import type { Item } from '../types.ts';

/** At a yes or no: 1 for yes, 2 for no, as telephone menus have it. */
export function keyedYesNo(keys: string): boolean | undefined {
  return keys === '1' ? true : keys === '2' ? false : undefined;
}

/**
 * What keys pressed on the telephone say in answer to an item, as a value that the engine parses: 1 and 2 for yes and no, the
 * number of an option, else the digits as they are (a telephone number; a date as MMDDYYYY).
 */
export function keyedAnswer(item: Item, keys: string): string {
  if (item.type === 'boolean') {
    const yes = keyedYesNo(keys);
    return yes === undefined ? keys : yes ? 'yes' : 'no';
  }
  if (item.type === 'choice' || item.type === 'open-choice') {
    const option = item.options[Number(keys) - 1];
    return option?.code ?? keys;
  }
  return keys;
}

/** How many keys answer an item, where that is certain: the last one need not be waited for. */
export function keysExpected(item: Item): number | undefined {
  switch (item.type) {
    case 'boolean':
      return 1;
    case 'choice':
    case 'open-choice':
      return item.options.length < 10 ? 1 : undefined;
    case 'date':
      return 8;
    case 'string':
      return item.form === 'phone' ? 10 : undefined;
    default:
      return undefined;
  }
}
