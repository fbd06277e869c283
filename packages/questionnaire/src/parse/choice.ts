import type { AnswerOption, ParsedAnswer } from '../types.ts';
import { answered } from './answered.ts';
import { isNegated } from './choice-negation.ts';
import { ordinalAt } from './date-words.ts';
import { cardinal, digitOf } from './numbers.ts';
import { carriers, light, negations, ownWords, stem, wordingAt, wordingsOf } from './option-words.ts';
import { parseInteger } from './plain-numbers.ts';
import { soundsLike } from './sounds.ts';
import { standing } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

/** The option that the words name: by its words or synonyms, by a distinct part of them, by place ("the second one"). */
export function parseChoice(words: string, options: readonly AnswerOption[]): ParsedAnswer {
  const exact = options.find((option) => option.code.toLowerCase() === words.trim().toLowerCase());
  if (exact) return chosen(exact, []);
  const tokens = tokenize(words);
  const wordings = wordingsOf(options);
  const matches = telling(
    tokens,
    findAll(tokens, (all, at) => wordingAt(all, at, wordings)),
  );
  if (matches.length > 0) return fromMatches(tokens, matches);
  const byNumber = numbered(words, options);
  if (byNumber) return byNumber;
  const byPlace = placeIn(tokens, options);
  if (byPlace) {
    const unused = unusedWords(tokens, [byPlace], carriers);
    return unused.some((word) => negations.has(word)) ? ambiguous : chosen(byPlace.value, unused);
  }
  const part = byPart(tokens, options);
  return part.ok || part.code === 'ambiguous' ? part : (byTellingWord(tokens, options) ?? part);
}

/** In more words than so many something always sounds like something. */
const mostWords = 6;

/** The option that the words sound like, where they name none: "sofa" for "sulfa". The engine reads it back. */
export function soundingLikeChoice(
  words: string,
  options: readonly AnswerOption[],
): ParsedAnswer | undefined {
  const tokens = tokenize(words);
  if (tokens.length > mostWords || tokens.some(({ word }) => negations.has(word))) return undefined;
  const wordings = wordingsOf(options).filter(({ own }) => own);
  const found = soundsLike(
    tokens.map(({ word }) => word),
    wordings.map((one) => ({ words: one.words, value: one.option })),
  );
  if (!found) return undefined;
  const { value: option, start, end } = found;
  const unused = tokens.slice(start, end).map(({ word }) => word);
  return {
    ok: true,
    value: option.value,
    display: option.display,
    covered: false,
    unused,
    confidence: 0.5,
    bySound: true,
  };
}

const functionWords = wordSet(
  'me i my you it us we him her them they he she this that one any am in on at for to',
);

/** Without a lone function word ("me" in "stop calling me") unless nothing else is said; "I am" is never "a.m.". */
function telling(
  tokens: readonly Token[],
  matches: readonly Match<AnswerOption>[],
): readonly Match<AnswerOption>[] {
  const covered = unusedWords(tokens, matches, carriers).length === 0;
  return matches.filter(({ start, end }) => {
    const word = tokens[start]!.word;
    if (end > start + 1 || !functionWords.has(word)) return true;
    if (/^(?:not|isn't|ain't)$/.test(tokens[start - 1]?.word ?? '')) return true;
    if (word === 'am') return tokens[start - 1]?.word !== 'i';
    return covered;
  });
}

function fromMatches(tokens: readonly Token[], matches: readonly Match<AnswerOption>[]): ParsedAnswer {
  const kept = standing(tokens, matches);
  const settled = settle(tokens, kept);
  if (!settled || isNegated(tokens, matches, kept)) return ambiguous;
  const { value, match, corrected } = settled;
  const denied = kept.length < matches.length;
  return answered(value.value, value.display, {
    tokens,
    matches,
    match,
    carriers,
    corrected: corrected || denied || kept.length > 1,
  });
}

function chosen(option: AnswerOption, unused: string[]): ParsedAnswer {
  const covered = unused.length === 0;
  return {
    ok: true,
    value: option.value,
    display: option.display,
    covered,
    unused,
    confidence: covered ? 0.9 : 0.7,
  };
}

const ambiguous: ParsedAnswer = {
  ok: false,
  code: 'ambiguous',
  problem: 'I could not tell which one you mean.',
};

/** A number where the options are numbers, or begin with one: "two" for "2 – Some difficulty", "ten" for 10. */
function numbered(words: string, options: readonly AnswerOption[]): ParsedAnswer | undefined {
  const numbers = numbersOf(options);
  if (!numbers) return undefined;
  const parsed = parseInteger(words);
  // "Once a week" counts something else.
  if (!parsed.ok || parsed.unused.some((word) => /^(?:weeks?|months?|days?|years?|hours?)$/.test(word)))
    return undefined;
  const option = options[numbers.findIndex((number) => number === parsed.value)];
  return option && chosen(option, [...parsed.unused]);
}

/** The number that each option has: before its words ("2 – some", "option two: …"), or as its score. */
function numbersOf(options: readonly AnswerOption[]): number[] | undefined {
  const written = options.map(({ display }) => {
    const [first, second] = tokenize(display);
    const at = first && /^(?:option|number|answer)$/.test(first.word) ? second : first;
    return Number(/^\d+/.exec(at?.word ?? '')?.[0] ?? digitOf(at?.word) ?? Number.NaN);
  });
  const scores = options.map(({ ordinal }) => ordinal ?? Number.NaN);
  return [written, scores].find(
    (numbers) => !numbers.some(Number.isNaN) && new Set(numbers).size === options.length,
  );
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

const changing = wordSet('more less than not no never none without over under only');

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
    const own = ownWords(option);
    return said.every((word) => own.has(word));
  });
  if (holding.length === 1) {
    // "Half the days" is not "more than half the days": what was left out would change it.
    const left = [...ownWords(holding[0]!)].filter((word) => !said.includes(word));
    return left.some((word) => changing.has(word)) ? ambiguous : chosen(holding[0]!, []);
  }
  return holding.length > 1 ? ambiguous : nothing;
}

/** Words of options that say too little by themselves. */
const tooPlain = wordSet(
  'now then every half more less most some other else something someone somebody any least very none not other never all nearly almost only just own part time full days day use used have having with without from',
);

/** The option of which a ramble holds words of its own, when they are no other's: "new, my old doctor retired". In doubt. */
function byTellingWord(tokens: readonly Token[], options: readonly AnswerOption[]): ParsedAnswer | undefined {
  const found = tokens.flatMap(({ word }, at) => {
    const root = stem(word);
    if (tooPlain.has(word) || light.has(root) || carriers.has(word)) return [];
    const holding = options.filter((option) => ownWords(option).has(root));
    return holding.length === 1 ? [{ option: holding[0]!, at }] : [];
  });
  const [first] = found;
  if (!first || found.some(({ option }) => option !== first.option)) return undefined;
  const before = tokens.slice(Math.max(0, first.at - 3), first.at);
  if (before.some(({ word }) => negations.has(word))) return undefined;
  const at = found.map((one) => ({ value: first.option, start: one.at, end: one.at + 1 }));
  const unused = unusedWords(tokens, at, carriers);
  return unused.some((word) => /^(?:or|no|not|never)$/.test(word)) ? undefined : chosen(first.option, unused);
}
