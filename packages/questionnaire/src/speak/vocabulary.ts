import type { Definition, Item } from '../types.ts';

/** A custom vocabulary for Amazon Transcribe. */
export interface Vocabulary {
  /** Its table, as CreateVocabulary takes it from a file: tabs, a header, four columns. */
  table: string;
  /** Words that it cannot hold, and why. */
  left: readonly { words: string; because: string }[];
}

/** Of Transcribe (developer guide, custom vocabularies): characters of an entry, bytes of a file. */
const [longest, largest] = [256, 50_000];

/**
 * What callers are likely to say by these questionnaires: the hints of every item, and the options of short lists. One vocabulary for all,
 * since a stream takes one. English: letters, apostrophes, and hyphens for spaces.
 */
export function vocabularyOf(definitions: readonly Definition[]): Vocabulary {
  const words = new Set(definitions.flatMap(({ items }) => hintsIn(items)));
  const left: { words: string; because: string }[] = [];
  const phrases = new Map<string, string>();
  let size = header.length;
  for (const one of [...words].sort()) {
    const phrase = phraseOf(one);
    const row = `${phrase}\t\t\t${one}\n`;
    const because = whyNot(phrase) ?? (size + row.length > largest ? 'the file is full' : undefined);
    if (because !== undefined) left.push({ words: one, because });
    else if (!phrases.has(phrase.toLowerCase())) {
      phrases.set(phrase.toLowerCase(), row);
      size += Buffer.byteLength(row);
    }
  }
  return { table: header + [...phrases.values()].join(''), left };
}

const header = 'Phrase\tSoundsLike\tIPA\tDisplayAs\n';

const hintsIn = (items: readonly Item[]): string[] =>
  items.flatMap(({ hints, items: within }) => [...hints.words, ...hintsIn(within)]);

/** As it is spoken: words joined, and of capitals that are said one by one each with a point. */
const phraseOf = (words: string) =>
  words
    .normalize('NFC')
    .replaceAll('’', "'")
    .replaceAll(/[(),;:!?"]/g, ' ')
    .trim()
    .split(/[\s\-/]+/)
    .map((word) => (/^[A-Z]{2,5}$/.test(word) ? [...word].map((letter) => `${letter}.`).join('') : word))
    .join('-');

function whyNot(phrase: string): string | undefined {
  if (/\d/.test(phrase)) return 'digits have to be words';
  if (!/^[A-Za-z'.-]+$/.test(phrase)) return 'it has other characters than English letters';
  if (phrase.length > longest) return `it is longer than ${longest} characters`;
  // Every recogniser knows them, and would hear them everywhere.
  return phrase.length <= 3 ? 'it is short' : undefined;
}
