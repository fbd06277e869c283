import { plainItem } from '../engine/plain-item.ts';
import type { AnswerOption, Item, ItemType } from '../types.ts';

/** An item for tests, with nothing but its type unless told. */
export function itemOf(type: ItemType, more: Partial<Item> = {}): Item {
  return { ...plainItem('item', type, 'Well?'), ...more };
}

export function option(code: string, display: string, synonyms: readonly string[] = []): AnswerOption {
  return { code, display, synonyms, value: { code, display }, kind: 'coding' };
}
