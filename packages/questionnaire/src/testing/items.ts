import type { AnswerOption, Item, ItemType } from '../types.ts';

/** An item for tests, with nothing but its type unless told. */
export function itemOf(type: ItemType, more: Partial<Item> = {}): Item {
  return {
    linkId: 'item',
    type,
    text: '',
    prompt: 'Well?',
    retries: [],
    required: false,
    repeats: false,
    readOnly: false,
    hidden: false,
    form: 'free',
    readBack: 'never',
    sensitive: false,
    options: [],
    enableWhen: [],
    enableBehavior: 'all',
    initial: [],
    rules: {},
    items: [],
    ...more,
  };
}

export function option(code: string, display: string, synonyms: readonly string[] = []): AnswerOption {
  return { code, display, synonyms, value: { code, display }, kind: 'coding' };
}
