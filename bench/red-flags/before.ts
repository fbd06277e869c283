/**
 * The phrase rules as they stood at 8016ee0 (28 November 2026), kept to compare with: one list of phrases, in the example
 * `new-patient.yaml`, for chest pain and breathing together, a scan for a "no" before them, nothing else.
 */
interface Token {
  word: string;
}

const phrases = [
  '(chest|heart) … (pain|pains|pressure|tightness|hurts|hurt|hurting|aches|tight|attack)',
  '(pain|pressure|tightness|squeezing|burning) in (my|his|her|the) chest',
  '(trouble|difficulty|hard time|problems) breathing',
  "(can't|can hardly|can barely|could not|couldn't) … (breathe|breath)",
  '(short|shortness) of breath',
  'hard to breathe',
  '(gasping|fighting) for (air|breath)',
];

/** The example's one flag stands for both. */
export const flagsBefore: readonly string[] = ['chest-pain', 'breathing'];

export function before(said: string): readonly string[] {
  const tokens = tokenize(clausesKept(said));
  return phrases.some((phrase) => mentions(tokens, compilePhrase(phrase))) ? flagsBefore : [];
}

const hesitations = new Set(['um', 'uh', 'uhm', 'umm', 'er', 'erm', 'hmm', 'mm', 'ah', 'eh', 'huh']);
const contractions: Record<string, string> = {
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  cant: "can't",
  isnt: "isn't",
  wasnt: "wasn't",
  havent: "haven't",
  wont: "won't",
  im: "i'm",
  ive: "i've",
  thats: "that's",
};

function tokenize(words: string): Token[] {
  return words
    .replace(/[’‘]/g, "'")
    .toLowerCase()
    .split(/[\s\-–—/]+/)
    .map((chunk) => chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '' && !hesitations.has(word))
    .map((word) => ({ word: contractions[word] ?? word }));
}

const longestGap = 3;
const negators = new Set(
  "no not never without none neither nor don't doesn't didn't isn't wasn't aren't haven't hasn't hadn't won't wouldn't deny denies denied zero".split(
    ' ',
  ),
);
/** After these a new statement begins, which an earlier "no" does not reach. */
const breaks = new Set([
  'but',
  'however',
  'though',
  'although',
  'except',
  'because',
  'now',
  'then',
  'yes',
  'yeah',
]);
const subjects = new Set("i my i'm i've he she his her it it's there there's they we the".split(' '));
/** Before a subject these keep the "no" alive: "I don't think my chest hurts", "not that I have". */
const carrying = new Set('think believe feel say that have if sure know in of any'.split(' '));
const reach = 8;

/** A full stop ends what a "no" reaches; it is kept as a word of its own. */
function clausesKept(words: string): string {
  return words.replace(/[.;!?](?=\s|$)/g, ' but ').replace(/\bcan ?not\b/gi, "can't");
}

function mentions(tokens: readonly Token[], parts: readonly PhrasePart[]): boolean {
  return tokens.some((_, start) => matchAt(tokens, start, parts) && !negated(tokens, start));
}

function matchAt(tokens: readonly Token[], at: number, parts: readonly PhrasePart[]): boolean {
  const [part, ...rest] = parts;
  if (!part) return true;
  if ('gap' in part) {
    return Array.from({ length: longestGap + 1 }).some((_, skipped) => matchAt(tokens, at + skipped, rest));
  }
  return part.any.some(
    (words) =>
      words.every((word, index) => same(tokens[at + index]?.word, word)) &&
      matchAt(tokens, at + words.length, rest),
  );
}

function same(heard: string | undefined, word: string): boolean {
  return heard === word || heard === `${word}s` || heard === `${word}'s`;
}

/** Whether a "no" before `start` reaches it: in the same clause, with no new subject in between. */
function negated(tokens: readonly Token[], start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - reach; at--) {
    const word = tokens[at]!.word;
    if (breaks.has(word)) return false;
    if (negators.has(word)) return !isFigure(tokens, at);
    const before = tokens[at - 1]?.word;
    if (subjects.has(word) && before !== undefined && !carrying.has(before)) {
      return false;
    }
  }
  return false;
}

const affirming = new Set(['doubt', 'joke', 'sure', 'certain', 'only', 'just']);

/** "no doubt", "not sure", "not only": nothing is denied. */
function isFigure(tokens: readonly Token[], at: number): boolean {
  return affirming.has(tokens[at + 1]?.word ?? '');
}

/** A part of a phrase: one of several word sequences, or a gap of up to three words. */
type PhrasePart = { any: readonly (readonly string[])[] } | { gap: true };

/**
 * `(chest|heart) (pain|hurts)`, `can't … breathe`: words in order, alternatives of one or more words in brackets,
 * `…` (or `...`) for up to three words between.
 */
function compilePhrase(phrase: string): PhrasePart[] {
  return [...phrase.toLowerCase().matchAll(/\(([^()]*)\)|…|\.\.\.|[^\s()…|]+/g)].map(([whole, inner]) => {
    if (inner !== undefined) return { any: inner.split('|').map((one) => one.trim().split(/\s+/)) };
    return whole === '…' || whole === '...' ? { gap: true } : { any: [[whole]] };
  });
}
