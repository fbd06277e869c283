import { checkableTokens } from './numbers.ts';
import { editDistance, likeness, wordsOf } from './words.ts';

export type Verdict = 'agrees' | 'differs' | 'unsure';

/**
 * Whether a read-back agrees with what was answered. `unsure` when there is too little in it to tell.
 * Dates and numbers are compared as digits, names by the letters that are spelled; both with room for slips.
 */
export function compareReadBack(heard: string, answer: string): Verdict {
  const expected = checkableTokens(answer);
  const found = checkableTokens(heard);
  if (expected.length < 2) return compareSpelling(heard, answer);
  if (found.length === 0) return 'unsure';
  const common = expected.length + found.length - indelDistance(expected, found);
  const share = common / 2 / expected.length;
  if (share >= 0.7) return 'agrees';
  return found.length >= expected.length * 0.8 ? 'differs' : 'unsure';
}

/** Letters that a telephone makes one of. */
const alikeLetters = ['bcdegptvz', 'ajk', 'mn', 'fsx', 'iy', 'quw'];

/** By the words of the name and by its letters: either is misheard now and then, seldom both. */
function compareSpelling(heard: string, name: string): Verdict {
  const words = wordsOf(heard);
  if (wordsOf(name).every((part) => words.some((word) => likeness(part, word) > 0))) return 'agrees';
  const found = spelledLetters(heard).map(letterClass);
  const expected = [...name.toLowerCase().replace(/[^a-z]/g, '')].map(letterClass);
  if (found.length < 3 || found.length < expected.length * 0.7) return 'unsure';
  const share = editDistance(found, expected) / expected.length;
  return share <= 0.25 ? 'agrees' : share >= 0.4 ? 'differs' : 'unsure';
}

/** Single letters, three or more in a row: "a" and "i" alone are words. */
function spelledLetters(heard: string): string[] {
  const runs =
    wordsOf(heard)
      .join(' ')
      .match(/\b[a-z](?: [a-z]\b){2,}/g) ?? [];
  return runs.flatMap((run) => run.split(' '));
}

function letterClass(letter: string): string {
  return alikeLetters.find((letters) => letters.includes(letter))?.[0] ?? letter;
}

/** Insertions and deletions only: a substitution costs both. */
function indelDistance(a: readonly string[], b: readonly string[]): number {
  let low = Array.from({ length: b.length + 1 }, () => 0);
  for (const left of a) {
    const next = [0];
    for (const [j, right] of b.entries()) {
      next.push(left === right ? (low[j] ?? 0) + 1 : Math.max(low[j + 1] ?? 0, next[j] ?? 0));
    }
    low = next;
  }
  return a.length + b.length - 2 * (low[b.length] ?? 0);
}
