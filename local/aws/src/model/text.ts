/** Small things about words that every rule needs. */

const contractions: readonly (readonly [RegExp, string])[] = [[/[’`]/g, "'"]];

/** Lower case, straight apostrophes, one space between words, no punctuation but `'`, `?` and `-`. */
export function plain(text: string): string {
  let out = text.toLowerCase();
  for (const [pattern, to] of contractions) out = out.replace(pattern, to);
  return out
    .replace(/[^\p{L}\p{N}'?@+/-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const stopWords = new Set(
  (
    'a an the is are was were be been am do does did have has had i you he she it we they me my your his her our their ' +
    'of to in on at for from by with and or but if so that this these those what which who whom whose when where why how ' +
    "can could would should will shall may might must please tell give say ask just not no yes any some there here as it's " +
    "i'm what's that's don't about up out than then into over caller caller's question answer item value current"
  ).split(' '),
);

/** Crude stem: enough to bring `allergies`, `allergic` and `allergy`, or `hours` and `hour`, together. */
export function stem(word: string): string {
  const short = word.replace(/'s$/, '').replace(/(?:ies|ied|ing|ions?|ic|ed|es|s|y|e)$/, '');
  return (short.length >= 3 ? short : word).slice(0, 7);
}

/** The words of a text that carry meaning. */
export function keyWords(text: string): string[] {
  return plain(text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' '))
    .replace(/\?/g, '')
    .split(' ')
    .filter((word) => word.length > 1 && !stopWords.has(word));
}

/** The words of a text that carry meaning, stemmed. */
export function contentWords(text: string): Set<string> {
  return new Set(keyWords(text).map(stem));
}

/** A name in code as words: `birthDate`, `birth_date` and `birth-date` are `birth date`. */
export function asWords(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase();
}

/** How many content words two texts share. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const word of a) if (b.has(word)) count++;
  return count;
}

/** Sentences, with their closing marks. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const fillers =
  /^(?:(?:um+|uh+|er+|erm|hmm+|mm+|ah+|oh|well|so|okay|ok|like|you know|let me see|let's see|let me think)\b[\s,.]*)+/i;

/** Without what people say before they answer, and without the closing full stop. */
export function trimFillers(words: string): string {
  const inner = words.replace(/[,\s]+\b(?:um+|uh+|erm?)\b[,\s]*/gi, ' ');
  return inner
    .trim()
    .replace(fillers, '')
    .replace(/[\s.,;!]+$/, '')
    .trim();
}
