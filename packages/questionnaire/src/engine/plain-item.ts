import { hintsOf, patienceOf } from '../definition/listening.ts';
import type { Item, ItemType } from '../types.ts';

/** An item of a type that asks `prompt` and has nothing else: no rules, no conditions, no read-back. */
export const plainItem = (linkId: string, type: ItemType, prompt: string): Item => ({
  linkId,
  type,
  text: '',
  prompt,
  retries: [],
  required: false,
  repeats: false,
  readOnly: false,
  hidden: false,
  form: 'free',
  readBack: 'never',
  sensitive: false,
  answeredBy: 'any',
  identifier: false,
  hints: hintsOf({ type, form: 'free', options: [] }, [], undefined),
  patience: patienceOf({ type, form: 'free' }),
  options: [],
  enableWhen: [],
  enableBehavior: 'all',
  initial: [],
  rules: {},
  items: [],
});
