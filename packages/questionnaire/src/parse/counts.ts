import { cardinal, smallNumber } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const plain: Readonly<Record<string, number>> = {
  none: 0,
  zilch: 0,
  nil: 0,
  nada: 0,
  zip: 0,
  nought: 0,
  naught: 0,
  zippo: 0,
  thrice: 3,
};

/** Words for a count: "none", "once", "twice", "a couple (of)", "a dozen", "half a dozen", "three score". */
export function countAt(tokens: readonly Token[], at: number, whole: boolean): Match<number> | undefined {
  const [word = '', next = '', after = ''] = tokens.slice(at, at + 3).map((token) => token.word);
  const one = (value: number, length: number) => ({ value, start: at, end: at + length });
  if (whole && word in plain) return one(plain[word]!, 1);
  if (word === 'once' && next !== 'in' && next !== 'every') return one(1, 1);
  if (word === 'twice') return one(2, 1);
  if (word === 'half' && next === 'a' && after === 'dozen') return one(6, 3);
  if (word === 'half' && next === 'dozen') return one(6, 2);
  if (word === 'a' && next === 'pair') return one(2, after === 'of' ? 3 : 2);
  if (word === 'a' && next === 'trio') return one(3, 2);
  if (whole && word === 'both' && next === 'of' && /^(?:us|them|my|our)$/.test(after)) return one(2, 3);
  if (word === 'a' && next === 'dozen') return one(12, 2);
  if (word === 'couple' && next === 'of') return one(2, 2);
  if (word === 'a' && next === 'couple' && !/^(?:hundred|thousand|dozen)$/.test(after))
    return one(2, after === 'of' ? 3 : 2);
  return dozens(tokens, at);
}

/** "Two dozen", "three score". */
function dozens(tokens: readonly Token[], at: number): Match<number> | undefined {
  const count = smallNumber(tokens, at) ?? cardinal(tokens, at);
  const word = tokens[count?.end ?? -1]?.word;
  const size = word === 'dozen' ? 12 : word === 'score' ? 20 : undefined;
  return count && size !== undefined
    ? { value: count.value * size, start: at, end: count.end + 1 }
    : undefined;
}
