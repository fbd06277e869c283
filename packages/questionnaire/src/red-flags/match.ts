import { type Token, tokenize } from '../parse/tokens.ts';
import type { Definition, FiredRedFlag, RedFlag } from '../types.ts';
import { compilePhrase, type PhrasePart } from './phrase-pattern.ts';

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

/** The phrase rules that fire on these words; also for partial transcripts. Negated mentions do not fire. */
export function redFlagsIn(definition: Pick<Definition, 'redFlags'>, words: string): FiredRedFlag[] {
  const tokens = tokenize(clausesKept(words));
  return definition.redFlags.flatMap((flag) => {
    const phrase = flag.phrases.find((one) => mentions(tokens, compiled(one)));
    return phrase === undefined ? [] : [{ ...fired(flag), phrase }];
  });
}

export function fired({ id, severity, action, script, linkId }: RedFlag): FiredRedFlag {
  return { id, severity, action, script, ...(linkId === undefined ? {} : { linkId }) };
}

/** A full stop ends what a "no" reaches; it is kept as a word of its own. */
function clausesKept(words: string): string {
  return words.replace(/[.;!?](?=\s|$)/g, ' but ').replace(/\bcan ?not\b/gi, "can't");
}

const cache = new Map<string, PhrasePart[]>();

function compiled(phrase: string): PhrasePart[] {
  const known = cache.get(phrase);
  if (known) return known;
  const parts = compilePhrase(phrase);
  if (cache.size > 2000) cache.clear();
  cache.set(phrase, parts);
  return parts;
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
