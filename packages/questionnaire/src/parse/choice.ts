import type { AnswerOption, ParsedAnswer } from '../types.ts';
import { ordinalAt } from './date-words.ts';
import { cardinal } from './numbers.ts';
import { parseInteger } from './plain-numbers.ts';
import {
  findAll,
  type Match,
  settle,
  type Token,
  tokenize,
  unusedWords,
  wordSet,
  correctionWords,
} from './tokens.ts';

const carriers = wordSet(
  "for to in at on of with about me we us one ones option number answer choice choose pick prefer rather like want take go going works am best better fine good any are them these they he she his her calling call because it'd i'd i'll need just let's probably mostly having have been",
);
const negations = wordSet("not no don't never neither nor but except isn't doesn't can't didn't without");
const light = wordSet('a an the of or and to in at on for is are i my me it');

/** The option that the words name: by its words or synonyms, by a distinct part of them, by place ("the second one"). */
export function parseChoice(words: string, options: readonly AnswerOption[]): ParsedAnswer {
  const exact = options.find((option) => option.code.toLowerCase() === words.trim().toLowerCase());
  if (exact) return chosen(exact, []);
  const tokens = tokenize(words);
  const wordings = wordingsOf(options);
  const matches = findAll(tokens, (all, at) => wordingAt(all, at, wordings));
  if (matches.length > 0) return fromMatches(tokens, matches);
  const byNumber = numbered(words, options);
  if (byNumber) return byNumber;
  const byPlace = placeIn(tokens, options);
  if (byPlace) {
    const unused = unusedWords(tokens, [byPlace], carriers);
    return unused.some((word) => negations.has(word)) ? ambiguous : chosen(byPlace.value, unused);
  }
  return byPart(tokens, options);
}

function fromMatches(tokens: readonly Token[], matches: readonly Match<AnswerOption>[]): ParsedAnswer {
  const settled = settle(tokens, matches);
  if (!settled) return ambiguous;
  const unused = unusedWords(
    tokens,
    matches,
    settled.corrected ? new Set([...carriers, ...correctionWords]) : carriers,
  );
  return unused.some((word) => negations.has(word)) ? ambiguous : chosen(settled.value, unused);
}

function chosen(option: AnswerOption, unused: string[]): ParsedAnswer {
  return { ok: true, value: option.value, display: option.display, covered: unused.length === 0, unused };
}

const ambiguous: ParsedAnswer = {
  ok: false,
  code: 'ambiguous',
  problem: 'I could not tell which one you mean.',
};

interface Wording {
  words: readonly string[];
  option: AnswerOption;
}

/** Every option that the words name, where several may be chosen: "milk and eggs". Empty when one is denied. */
export function parseChoices(words: string, options: readonly AnswerOption[]): AnswerOption[] {
  const tokens = tokenize(words);
  const wordings = wordingsOf(options);
  const matches = findAll(tokens, (all, at) => wordingAt(all, at, wordings));
  if (unusedWords(tokens, matches, carriers).some((word) => negations.has(word))) return [];
  return [...new Set(matches.map((match) => match.value))];
}

/** Every wording of every option, longest first, so that "several days" is not taken for "days". */
function wordingsOf(options: readonly AnswerOption[]): Wording[] {
  return options
    .flatMap((option) =>
      [option.display, ...option.synonyms].flatMap((text) =>
        alternatives(text).map((one) => ({ words: withoutArticle(tokenize(one)), option })),
      ),
    )
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
}

function withoutArticle(tokens: readonly Token[]): string[] {
  const [first, ...rest] = tokens.map((token) => stem(token.word));
  if (first === undefined) return [];
  return /^(a|an|the)$/.test(first) && rest.length > 0 ? rest : [first, ...rest];
}

/** "Cough or cold (any kind)" is also "cough" and "cold". */
function alternatives(text: string): string[] {
  const parts = text.split(/\s*(?:\/|,|;|\bor\b|\(|\))\s*/i).filter((part) => part.trim() !== '');
  const unnumbered = text.replace(/^\s*\d+\s*[-–—=:.)]+\s*/, '');
  return [text, ...(unnumbered === text ? [] : [unnumbered]), ...(parts.length > 1 ? parts : [])];
}

function wordingAt(
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
  if (fits.some((one) => one.option !== best.option && one.words.length === best.words.length))
    return undefined;
  return { value: best.option, start: at, end: at + best.words.length };
}

/** A number where the options are numbers, or begin with one: "two" for "2 – Some difficulty", "ten" for 10. */
function numbered(words: string, options: readonly AnswerOption[]): ParsedAnswer | undefined {
  const numbers = options.map((option) => Number(/^\d+/.exec(option.display)?.[0] ?? Number.NaN));
  if (new Set(numbers).size < options.length || numbers.some(Number.isNaN)) return undefined;
  const parsed = parseInteger(words);
  if (!parsed.ok) return undefined;
  const option = options[numbers.findIndex((number) => number === parsed.value)];
  return option && chosen(option, [...parsed.unused]);
}

/** "the second one", "number two", "option b", "the last one", "two". */
function placeIn(
  tokens: readonly Token[],
  options: readonly AnswerOption[],
): Match<AnswerOption> | undefined {
  for (let at = 0; at < tokens.length; at++) {
    const place = placeAt(tokens, at, options.length);
    const option = place && options[place.value - 1];
    if (option) return { value: option, start: place.start, end: place.end };
  }
  return undefined;
}

function placeAt(tokens: readonly Token[], at: number, count: number): Match<number> | undefined {
  const word = tokens[at]!.word;
  const ordinal = ordinalAt(tokens, at);
  // "Just a second" chooses nothing.
  if (ordinal) return /^(a|one)$/.test(tokens[at - 1]?.word ?? '') ? undefined : ordinal;
  if (word === 'last' && count > 1) return { value: count, start: at, end: at + 1 };
  if (word === 'latter' && count === 2) return { value: 2, start: at, end: at + 1 };
  if (word === 'former' && count === 2) return { value: 1, start: at, end: at + 1 };
  if (word !== 'number' && word !== 'option') return undefined;
  const letter = /^[a-h]$/.test(tokens[at + 1]?.word ?? '')
    ? tokens[at + 1]!.word.charCodeAt(0) - 96
    : undefined;
  if (letter !== undefined) return { value: letter, start: at, end: at + 2 };
  const number = cardinal(tokens, at + 1);
  return number && { ...number, start: at };
}

/** The one option that holds all content words said, when they single it out: "more than half" of the PHQ's four. */
function byPart(tokens: readonly Token[], options: readonly AnswerOption[]): ParsedAnswer {
  const said = unusedWords(tokens, [], carriers)
    .map(stem)
    .filter((word) => !light.has(word));
  const nothing: ParsedAnswer = {
    ok: false,
    code: 'not-an-option',
    problem: 'I did not catch one of the answers.',
  };
  if (said.length === 0 || said.some((word) => negations.has(word))) return nothing;
  const holding = options.filter((option) => {
    const own = new Set(
      [option.display, ...option.synonyms].flatMap((text) => tokenize(text).map((token) => stem(token.word))),
    );
    return said.every((word) => own.has(word));
  });
  if (holding.length === 1) return chosen(holding[0]!, []);
  return holding.length > 1 ? ambiguous : nothing;
}

/** Plural and possessive do not matter. */
function stem(word: string): string {
  return word.replace(/'s$/, '').replace(/(?<=[a-z]{3})s$/, '');
}
