/** The words of `text` in lower case; apostrophes go, every other mark parts words. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const functionWords = new Set(
  wordsOf(`a an the and or but if so of to in on at for from with by as is are was were be been am do does did done
    have has had having i im ive you youre your yours we our ours us it its this that these those there here he she they
    them their his her my me mine what whats which who whose when where why how would will can could may might shall should
    please tell say now right just any some not no yes or than then also too very like get go let lets much many
    thank thanks okay ok alright great good sorry understand repeat about into over out up down`),
);

/** The words that carry a sentence's meaning: what is left without articles, pronouns, auxiliaries and courtesies. */
export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !functionWords.has(word) && (word.length > 1 || /\d/.test(word)));
}

/** A crude stem, enough to make `medicines` meet `medicine` and `allergic` meet `allergies`. */
export function stemOf(word: string): string {
  const stem = word.replace(/(ations?|ings?|ies|ied|ical|ics?|ers?|ed|es|y|s|e)$/, '');
  return stem.length >= 3 ? stem : word;
}

/**
 * How a word sounds, roughly: consonant classes in order, vowels only at the start. Words that a recogniser
 * takes for one another on telephone audio (m/n, f/s/th, b/d/g, p/t/k) share a class.
 */
export function soundOf(word: string): string {
  const classed = word
    .replace(/ph/g, 'f')
    .replace(/[csx]h?|z|f|th/g, 's')
    .replace(/[mn]/g, 'n')
    .replace(/[bdgjv]/g, 'b')
    .replace(/[ptkq]/g, 't')
    .replace(/[rl]/g, 'l')
    .replace(/(?!^)[aeiouyhw]/g, '');
  return classed.replace(/(.)\1+/g, '$1');
}

/** How alike two words are: 1 the same stem, 0.6 alike by sound or spelling, 0 different. */
export function likeness(a: string, b: string): number {
  if (a === b || stemOf(a) === stemOf(b)) return 1;
  if (Math.min(a.length, b.length) < 4) return 0;
  if (soundOf(a) === soundOf(b) && soundOf(a).length >= 3) return 0.6;
  const distance = editDistance([...a], [...b]);
  return distance / Math.max(a.length, b.length) <= 0.3 ? 0.6 : 0;
}

/** Levenshtein's distance over any sequence. */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, left] of a.entries()) {
    const next = [i + 1];
    for (const [j, right] of b.entries()) {
      next.push(
        Math.min((row[j] ?? 0) + (left === right ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
