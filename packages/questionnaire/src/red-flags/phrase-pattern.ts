/** A part of a phrase: one of several word sequences, or a gap of up to three words. */
export type PhrasePart = { any: readonly (readonly string[])[] } | { gap: true };

/**
 * `(chest|heart) (pain|hurts)`, `can't … breathe`: words in order, alternatives of one or more words in brackets,
 * `…` (or `...`) for up to three words between.
 */
export function compilePhrase(phrase: string): PhrasePart[] {
  return [...phrase.toLowerCase().matchAll(/\(([^()]*)\)|…|\.\.\.|[^\s()…|]+/g)].map(([whole, inner]) => {
    if (inner !== undefined) return { any: inner.split('|').map((one) => one.trim().split(/\s+/)) };
    return whole === '…' || whole === '...' ? { gap: true } : { any: [[whole]] };
  });
}

/** What is wrong with a phrase as written; undefined when nothing is. */
export function phraseProblem(phrase: string): string | undefined {
  let depth = 0;
  for (const letter of phrase) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0 || depth > 1) return 'brackets do not pair';
    if (letter === '|' && depth === 0) return 'alternatives stand in brackets: (a|b)';
  }
  if (depth !== 0) return 'brackets do not pair';
  const parts = compilePhrase(phrase);
  if (parts.length === 0 || 'gap' in parts[0]! || 'gap' in parts.at(-1)!)
    return 'begins and ends with a word';
  if (parts.some((part) => 'any' in part && part.any.some((one) => one.join('') === '')))
    return 'an empty alternative';
  return undefined;
}
