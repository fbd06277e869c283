/** Levenshtein distance. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Whether a spelling may be that of the word heard. */
export function resembles(word: string, spelling: string): boolean {
  const heard = word.toLowerCase();
  const longest = Math.max(heard.length, spelling.length);
  const away = distance(heard, spelling);
  if (away <= Math.ceil(longest * 0.4)) return true;
  const sameStart = heard.charAt(0) === spelling.charAt(0) && away < longest;
  return sameStart && Math.abs(heard.length - spelling.length) <= 2;
}
