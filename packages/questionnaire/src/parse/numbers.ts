import type { Match, Token } from './tokens.ts';

export const units: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
export const teens: Readonly<Record<string, number>> = {
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
export const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
export const scales: Readonly<Record<string, number>> = { thousand: 1000, million: 1_000_000 };
export const zeros = new Set(['zero', 'oh', 'o', 'nought', 'naught']);

/** The digit that a word stands for when digits are said one by one; "o" and "oh" are zero. */
export function digitOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^\d$/.test(word)) return Number(word);
  return zeros.has(word) ? 0 : units[word];
}

/** 1 to 99 in words, at `start`: "seven", "nineteen", "eighty five". */
export function smallNumber(tokens: readonly Token[], start: number): Match<number> | undefined {
  const word = tokens[start]?.word;
  if (word === undefined) return undefined;
  const ten = tens[word];
  if (ten !== undefined) {
    const unit = units[tokens[start + 1]?.word ?? ''];
    return unit === undefined
      ? { value: ten, start, end: start + 1 }
      : { value: ten + unit, start, end: start + 2 };
  }
  const value = teens[word] ?? units[word];
  return value === undefined ? undefined : { value, start, end: start + 1 };
}

/**
 * A cardinal at `start`: "seven", "a hundred and eighty", "two thousand five", "one eighty" (180), "one oh five"
 * (105), "zero", digits. Not a row of single digits: whether "one two" is 12 or two numbers cannot be known.
 */
export function cardinal(tokens: readonly Token[], start: number): Match<number> | undefined {
  const word = tokens[start]?.word;
  if (word === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(word)) return { value: Number(word), start, end: start + 1 };
  if (word === 'zero') return { value: 0, start, end: start + 1 };
  const scaled = withScales(tokens, start);
  if (scaled) return scaled;
  return hundredsInShort(tokens, start) ?? smallNumber(tokens, start);
}

/** "one eighty", "two twenty five", "one oh five", "nineteen eighty five": the hundred left out. */
function hundredsInShort(tokens: readonly Token[], start: number): Match<number> | undefined {
  const head = smallNumber(tokens, start);
  // "Ten. Ten, it's a ten."
  if (!head || tokens[head.end - 1]!.pause) return undefined;
  const next = tokens[head.end]?.word ?? '';
  if (zeros.has(next)) {
    const unit = units[tokens[head.end + 1]?.word ?? ''];
    return unit === undefined ? undefined : { value: head.value * 100 + unit, start, end: head.end + 2 };
  }
  const tail = smallNumber(tokens, head.end);
  if (!tail || tail.value < 10) return undefined;
  return { value: head.value * 100 + tail.value, start, end: tail.end };
}

function withScales(tokens: readonly Token[], start: number): Match<number> | undefined {
  let at = start;
  let total = 0;
  let part: number | undefined;
  let named = false;
  const before = tokens[start - 1]?.word ?? '';
  for (; at < tokens.length;) {
    const word = tokens[at]!.word;
    const next = tokens[at + 1]?.word ?? '';
    if (word === 'a' && part === undefined && (next === 'hundred' || next in scales)) {
      part = 1;
      at += 1;
    } else if (word === 'hundred' && at === start && !/^(?:few|several|couple|many)$/.test(before)) {
      part = 100;
      named = true;
      at += 1;
    } else if (word === 'hundred' && (part ?? 0) > 0) {
      part = part! * 100;
      named = true;
      at += 1;
    } else if (word in scales && part !== undefined) {
      total += part * scales[word]!;
      part = undefined;
      named = true;
      at += 1;
    } else if (word === 'and' && named && smallNumber(tokens, at + 1)) {
      at += 1;
    } else {
      const small = smallNumber(tokens, at);
      if (!small || (part !== undefined && (part % 100 !== 0 || part === 0))) break;
      part = (part ?? 0) + small.value;
      at = small.end;
    }
  }
  return named ? { value: total + (part ?? 0), start, end: at } : undefined;
}
