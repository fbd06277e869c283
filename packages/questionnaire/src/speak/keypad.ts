import { spokenList } from '../definition/speakable.ts';
import { keysOf } from '../parse/keys.ts';
import type { Item, KeyChoice } from '../types.ts';
import { smallWords } from './spoken.ts';

/** More keys than that nobody keeps in mind. */
const mostOffered = 9;

/** What to say so that the caller may answer by keys; undefined where they cannot. */
export function keypadOffer(item: Item): string | undefined {
  const keys = keysOf(item);
  if (keys.length > 0) return keys.length > mostOffered ? undefined : pressing(keys);
  switch (item.type) {
    case 'date':
      if (item.form === 'partial-date') return undefined;
      return 'Or key it in: two digits for the month, two for the day, and four for the year.';
    case 'time':
      return 'Or key it in as four digits, with hours from zero to twenty three.';
    case 'integer':
      return 'Or key it in, and then press pound.';
    case 'string':
      return item.form === 'phone' ? 'Or key in its ten digits.' : undefined;
    default:
      return undefined;
  }
}

/** At a read-back. */
export const yesOrNoKeys = 'Say it, or press one for yes, or two for no.';

function pressing(keys: readonly KeyChoice[]): string {
  const each = keys.map(({ key, say }) => `${keyWords(key)} for ${say}`);
  return `Say it, or press ${each.length === 2 ? each.join(', or ') : spokenList(each)}.`;
}

function keyWords(key: string): string {
  return key === '*' ? 'star' : [...key].map((digit) => smallWords(Number(digit))).join(' ');
}
