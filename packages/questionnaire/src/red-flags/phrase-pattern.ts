import { lexicon } from './library/lexicon.ts';

/** One or more words in a row; `hurt*` stands for every word that begins so, `#` for digits, `#year` for 1900 to 2099. */
export type Words = readonly string[];

/** One of several word sequences, which may be absent, or a gap of up to three words. */
export type Element = { any: readonly Words[]; optional: boolean } | { gap: true };

/** Elements in order. */
export type Side = readonly Element[];

/** `parts` (joined by `+`) are each somewhere in what was said; the sides of a part (joined by `&`) near each other. */
export interface Phrase {
  text: string;
  parts: readonly (readonly Side[])[];
}

const elementForm = /(\(([^()]*)\)|<([\w-]+)>|…|\.\.\.|[^\s()<>…|&+]+?)(\?)?(?=\s|$|…|\.\.\.|\(|<)/g;

/**
 * `(chest|heart) (pain|hurts)`, `can't … breathe`: words in order, alternatives of one or more words in brackets, `…`
 * (or `...`) for up to three words between. `<body>` is a word list of the lexicon, `hurt*` any word that begins so, `?` makes
 * a word or bracket optional. `a & b`: near each other in one sentence, in either order; `a + b`: both said, anywhere.
 */
export function compilePhrase(phrase: string): Phrase {
  const parts = phrase
    .toLowerCase()
    .split(/\s\+\s/)
    .map((part) => part.split(/\s&\s/).map(compileSide));
  return { text: phrase, parts };
}

function compileSide(side: string): Side {
  return [...side.matchAll(elementForm)].map(([, whole, inner, list, mark]): Element => {
    if (whole === '…' || whole === '...') return { gap: true };
    return { any: alternatives(inner ?? lexicon[list ?? ''] ?? whole!), optional: mark !== undefined };
  });
}

function alternatives(inner: string): Words[] {
  return inner
    .replace(/<([\w-]+)>/g, (_, list: string) => lexicon[list] ?? '')
    .split('|')
    .map((one) => one.trim().split(/\s+/));
}

/** What is wrong with a phrase as written; undefined when nothing is. */
export function phraseProblem(phrase: string): string | undefined {
  return problemOfBrackets(phrase) ?? problemOfLists(phrase) ?? problemOfSides(phrase);
}

function problemOfBrackets(phrase: string): string | undefined {
  let depth = 0;
  for (const letter of phrase) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (depth < 0 || depth > 1) return 'brackets do not pair';
    if (letter === '|' && depth === 0) return 'alternatives stand in brackets: (a|b)';
  }
  return depth === 0 ? undefined : 'brackets do not pair';
}

function problemOfLists(phrase: string): string | undefined {
  const unknown = [...phrase.matchAll(/<([^<>]*)>/g)].find(([, list]) => lexicon[list!] === undefined);
  return unknown && `no such word list: ${unknown[0]}`;
}

function problemOfSides(phrase: string): string | undefined {
  for (const side of compilePhrase(phrase).parts.flat()) {
    const [first, last] = [side[0], side.at(-1)];
    if (!first || !last || 'gap' in first || 'gap' in last || first.optional)
      return 'begins and ends with a word';
    if (side.some((element) => 'any' in element && element.any.some((one) => one.join('') === '')))
      return 'an empty alternative';
  }
  return undefined;
}
