import type { Item } from '../types.ts';

/** Every wording of the item, changed. */
export function reworded(item: Item, change: (words: string) => string): Item {
  const { prompt, retries, proxy } = item;
  const both = (of: Pick<Item, 'prompt' | 'retries'>) => ({
    prompt: change(of.prompt),
    retries: of.retries.map(change),
  });
  return { ...item, ...both({ prompt, retries }), ...(proxy ? { proxy: both(proxy) } : {}) };
}
