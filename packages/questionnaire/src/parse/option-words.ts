import type { AnswerOption } from '../types.ts';
import { usualWords } from './thesaurus.ts';
import { type Match, type Token, tokenize, wordSet } from './tokens.ts';

/** What a choice is wrapped in. */
export const carriers = wordSet(
  "for to in at on of with about me we us one ones option number answer choice choose pick prefer rather like want take go going works am best better fine good any are them these they he she his her calling call because it'd i'd i'll need just let's probably mostly having have been darn damn dang single freaking something thing kind type sort say guess suppose",
);
export const negations = wordSet(
  "not no don't never neither nor but except isn't doesn't can't didn't without",
);
/** Words that single out no option. */
export const light = wordSet('a an the of or and to in at on for is are i my me it');

export interface Wording {
  words: readonly string[];
  option: AnswerOption;
  /** The author's own words go before what people usually say for them. */
  own: boolean;
}

/** Every wording of every option, longest first, so that "several days" is not taken for "days". */
export function wordingsOf(options: readonly AnswerOption[]): Wording[] {
  const all = options.map((option) => option.display);
  const wordings = options.flatMap((option) => {
    const own = [option.display, ...option.synonyms].flatMap(alternatives);
    const usual = own.flatMap((text) => usualWords(text, all));
    return [
      ...own.map((text) => ({ words: withoutArticle(tokenize(text)), option, own: true })),
      ...usual.map((text) => ({ words: withoutArticle(tokenize(text)), option, own: false })),
    ];
  });
  return wordings
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length || Number(b.own) - Number(a.own));
}

function withoutArticle(tokens: readonly Token[]): string[] {
  const [first, ...rest] = tokens.map((token) => stem(token.word));
  if (first === undefined) return [];
  return /^(a|an|the)$/.test(first) && rest.length > 0 ? rest : [first, ...rest];
}

/** "Cough or cold (any kind)" is also "cough" and "cold". */
function alternatives(text: string): string[] {
  const parts = text.split(/\s*(?:\/|,|;|:|\bor\b|\(|\))\s*/i).filter((part) => part.trim() !== '');
  const unnumbered = text.replace(/^\s*\d+\s*[-–—=:.)]+\s*/, '');
  return [text, ...(unnumbered === text ? [] : [unnumbered]), ...(parts.length > 1 ? parts : [])];
}

export function wordingAt(
  tokens: readonly Token[],
  at: number,
  wordings: readonly Wording[],
): Match<AnswerOption> | undefined {
  const fits = wordings.filter(({ words }) =>
    words.every((word, index) => stem(tokens[at + index]?.word ?? '') === word),
  );
  const best = fits[0];
  if (!best) return undefined;
  // Two options with the same words: the words do not decide.
  if (
    fits.some(
      (one) => one.option !== best.option && one.words.length === best.words.length && one.own === best.own,
    )
  )
    return undefined;
  return { value: best.option, start: at, end: at + best.words.length };
}

const wholeWords = /^(?:morning|evening|nothing|something|anything|everything|during|wedding|need)$/;

/** Plural, possessive, -ing and -ed do not matter: "bill" is "billing", "burns" is "burning". */
export function stem(word: string): string {
  const base = word.replace(/'s$/, '').replace(/(?<=[a-z]{3})s$/, '');
  if (wholeWords.test(base)) return base;
  const root = base.replace(/(?<=[a-z]{3})(?:ing|ed)$/, '');
  const single = root === base ? root : root.replace(/([bdgmnprt])\1$/, '$1');
  return single.replace(/(?<=[a-z]{3})e$/, '');
}

/** The words of an option, one by one. */
export function ownWords(option: AnswerOption): ReadonlySet<string> {
  return new Set(
    [option.display, ...option.synonyms].flatMap((text) => tokenize(text).map((token) => stem(token.word))),
  );
}
