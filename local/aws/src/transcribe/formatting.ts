/** How Transcribe writes what it heard: capitals and punctuation. Numbers stay in words, as the recogniser has them. */

const calendar =
  'january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  );
const alwaysCapital = new Set([
  ...calendar,
  'i',
  "i'm",
  "i'd",
  "i'll",
  "i've",
  'english',
  'spanish',
  'american',
]);

const questionOpeners =
  /^(?:(?:and|so|but|sorry|excuse me|um|uh|well|oh) )*(?:what|what's|when|when's|where|where's|who|who's|why|how|how's|which|do you|does|did you|can you|can i|could you|could i|would you|will you|is there|are there|are you|is it|is that|should i|may i|have you|am i)\b/;

/** Spellings of a vocabulary's words that are not all lower case: `Lakeside`, `MRI`. */
export function spellings(phrases: readonly string[]): ReadonlyMap<string, string> {
  const words = phrases.flatMap((phrase) => phrase.split(/\s+/));
  return new Map(
    words.filter((word) => word !== word.toLowerCase()).map((word) => [word.toLowerCase(), word]),
  );
}

/** One word as written at its place in the segment. */
export function writeWord(word: string, first: boolean, spelled: ReadonlyMap<string, string>): string {
  const known = spelled.get(word);
  if (known !== undefined) return known;
  return first || alwaysCapital.has(word) ? capitalise(word) : word;
}

/** The mark that ends a segment. */
export function closingMark(words: readonly string[]): '.' | '?' {
  return questionOpeners.test(words.join(' ')) ? '?' : '.';
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
