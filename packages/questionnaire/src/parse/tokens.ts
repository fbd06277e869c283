import { withoutAsides } from './asides.ts';
import { isAnnounced } from './standing.ts';

/** One word as heard: `word` for matching (lower case, no punctuation), `raw` as it came, at `from` to `to` of the words. */
export interface Token {
  word: string;
  raw: string;
  from: number;
  to: number;
  /** Punctuation follows, where the recogniser writes any. */
  pause?: boolean;
}

/** A part of the words that a parser understood: tokens `start` to `end` (exclusive). */
export interface Match<T> {
  value: T;
  start: number;
  end: number;
}

const hesitations = new Set(['um', 'uh', 'uhm', 'umm', 'er', 'erm', 'hmm', 'mm', 'ah', 'eh', 'huh']);

/**
 * The words of a recogniser: lower-case ones without punctuation as well as formatted text. Numbers keep what
 * belongs to them (`3/3/1985`, `7.5`, `1,200`, `3:30`); letters spelled with dots or hyphens come apart.
 */
export function tokenize(words: string): Token[] {
  const pieces = words
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/\b([ap])\.\s?m\b\.?/gi, '$1m')
    .replace(/\b(\d+)\s?(am|pm)\b/gi, '$1 $2')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '')
    .replace(/\b(?:[A-Za-z][.-]\s?){1,}[A-Za-z]\b\.?/g, (letters) =>
      /^(?:[A-Za-z][.-]\s?)+[A-Za-z]\.?$/.test(letters) ? letters.replace(/[.-]\s?/g, ' ') : letters,
    )
    .split(/\s+/)
    .flatMap(splitWord);
  return withoutAsides(
    placed(pieces, words).filter((token) => token.word !== '' && !hesitations.has(token.word)),
  );
}

type Piece = Pick<Token, 'word' | 'raw' | 'pause'>;

/** Where each piece stands: all that is rewritten before is punctuation, so letters and digits are counted. */
function placed(pieces: readonly Piece[], words: string): Token[] {
  const places = [...words.matchAll(/[\p{L}\p{N}]/gu)].map((match) => match.index);
  let count = 0;
  return pieces.map((piece) => {
    const length = piece.raw.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    const from = places[count] ?? words.length;
    count += length;
    return { ...piece, from, to: length === 0 ? from : (places[count - 1] ?? words.length - 1) + 1 };
  });
}

function splitWord(chunk: string): Piece[] {
  const raw = chunk.replace(/^[^\p{L}\p{N}#$+@]+|[^\p{L}\p{N}%]+$/gu, '');
  if (raw === '') return [];
  const pause = /[,.;:!?…]$/.test(chunk);
  if (/\d/.test(raw) || raw.includes('@'))
    return [{ word: raw.toLowerCase(), raw, ...(pause ? { pause } : {}) }];
  const parts = raw.split(/[-–—/]+|(?<=\p{L})[.,;!?]+(?=\p{L})/u).filter((part) => part !== '');
  return parts.map((part, index) => ({
    word: contraction(part.toLowerCase()),
    raw: part,
    ...(pause && index === parts.length - 1 ? { pause } : {}),
  }));
}

const contractions: Record<string, string> = {
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  cant: "can't",
  cannot: "can't",
  isnt: "isn't",
  wasnt: "wasn't",
  havent: "haven't",
  wont: "won't",
  im: "i'm",
  ive: "i've",
  thats: "that's",
};

function contraction(word: string): string {
  return contractions[word] ?? word;
}

/** Words that carry nothing in any answer. No negation and no joining of a second statement is among them. */
const fillers = new Set(
  "well so like okay ok please yes yeah just actually basically the a an and is was it it's its that that's this i'm i my be would will say said think guess believe know you see oh right sir ma'am thanks thank hi hello honestly anyway anyhow gosh golly goodness gracious jeez lord heavens lordy honey hon hun sweetie sweetheart sugar darling darlin dear i'd i'll it'd it'll that'd that'll let's".split(
    ' ',
  ),
);

/**
 * The content words outside `matches`. `carriers` are the words that an answer of this kind is wrapped in ("born",
 * "on"); everything else that is not a filler counts as unused.
 */
export function unusedWords(
  tokens: readonly Token[],
  matches: readonly Match<unknown>[],
  carriers: ReadonlySet<string>,
): string[] {
  return tokens
    .filter((_, index) => !matches.some((match) => index >= match.start && index < match.end))
    .map((token) => token.word)
    .filter((word) => !fillers.has(word) && !carriers.has(word));
}

export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}

/** Every place, left to right and without overlaps, where `parse` understands something; longest first at each. */
export function findAll<T>(
  tokens: readonly Token[],
  parse: (tokens: readonly Token[], start: number) => Match<T> | undefined,
): Match<T>[] {
  const found: Match<T>[] = [];
  for (let at = 0; at < tokens.length;) {
    const match = parse(tokens, at);
    if (match) found.push(match);
    at = match ? match.end : at + 1;
  }
  return found;
}

const corrections = new Set([
  'no',
  'sorry',
  'actually',
  'wait',
  'mean',
  'rather',
  'correction',
  'scratch',
  'make',
]);

export interface Settled<T> {
  value: T;
  corrected: boolean;
  match: Match<T>;
}

/**
 * The one value among several: they are all the same, or the caller corrected themselves ("the third, no, the
 * fourth"), which makes the last one count; one that was corrected away may be mentioned again. Undefined when they
 * contradict each other.
 */
export function settle<T>(tokens: readonly Token[], matches: readonly Match<T>[]): Settled<T> | undefined {
  const [first, ...rest] = matches;
  if (!first) return undefined;
  let current = first;
  const seen = new Set([keyOf(current)]);
  let rejected = new Set<string>();
  let [corrected, torn] = [false, false];
  let end = current.end;
  for (const match of rest) {
    const same = keyOf(match) === keyOf(current);
    if (isCorrection(tokens.slice(end, match.start)) && !(same && !torn)) {
      rejected = new Set([...seen].filter((key) => key !== keyOf(match)));
      [current, corrected, torn] = [match, true, false];
    } else if (!same && !rejected.has(keyOf(match))) [current, torn] = [match, true];
    seen.add(keyOf(match));
    end = match.end;
  }
  if (torn && !isAnnounced(tokens, matches)) return undefined;
  return { value: current.value, corrected: corrected || torn, match: current };
}

function keyOf(match: Match<unknown>): string {
  return JSON.stringify(match.value);
}

function isCorrection(between: readonly Token[]): boolean {
  return between.some(
    ({ word }, at) => corrections.has(word) || (word === 'really' && between[at - 1]?.word === 'but'),
  );
}

/** Carriers of a self-correction; only granted when there was one. */
export const correctionWords = wordSet('no not sorry wait mean rather correction scratch make but really');
