import type { ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { decimalNumber, isPoint } from './broken-numbers.ts';
import { countAt } from './counts.ts';
import { degreesAt } from './degrees.ts';
import { repairNumbers } from './homophones.ts';
import { type Measure, measuredAt } from './measured-numbers.ts';
import { brokenDown, withoutContext } from './number-context.ts';
import { noneIn, ordinalIn } from './without-number.ts';
import { digitOf, tens } from './numbers.ts';
import { scaleWordsAt } from './scale-words.ts';
import { isLimit, standing } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  "about around roughly approximately maybe probably exactly number would give rate say have has had i've got years old times of out only total there are or altogether all even point",
);

export interface NumberOptions {
  /** "Ninety eight six" is 98.6. */
  temperature?: boolean;
  measure?: Measure;
  /** The highest number that may be meant: "eight out of ten" is 8. */
  scale?: number;
}

/** A whole number: "three", "a hundred and eighty", "half a dozen". A row of single digits is refused. */
export function parseInteger(words: string, options: NumberOptions = {}): ParsedAnswer {
  return parseNumber(words, true, options);
}

/** A number that may be broken: "seven point five". */
export function parseDecimal(words: string, options: NumberOptions = {}): ParsedAnswer {
  return parseNumber(words, false, options);
}

type Finder = (tokens: readonly Token[], at: number) => Match<number> | undefined;

function parseNumber(words: string, whole: boolean, options: NumberOptions): ParsedAnswer {
  const written = /^\s*(-?\d+(?:\.\d+)?)\s*$/.exec(words);
  const { tokens, repaired } = repairNumbers(tokenize(withoutNames(words)));
  const { scale } = options;
  const scaleWords = scale === undefined ? [] : findAll(tokens, (all, at) => scaleWordsAt(all, at, scale));
  const found = written
    ? [{ value: Number(written[1]), start: 0, end: 1 }]
    : numbersIn(outside(tokens, scaleWords), finderFor(whole, options));
  const unsaid = written || scale !== undefined ? undefined : withoutNumber(tokens, found, whole, options);
  if (unsaid) return unsaid;
  const matches = withoutContext(tokens, standing(tokens, found));
  const either = oneOrOther(tokens, matches);
  if (either !== undefined) return refused('incomplete', either);
  if (matches.some((match) => isVague(tokens, match))) return refused('ambiguous', 'I need one number.');
  if (adjacent(tokens, matches))
    return refused('ambiguous', 'I heard several digits, and could not tell the number.');
  const settled = settle(tokens, matches) ?? concluded(tokens, matches);
  if (!settled) {
    return matches.length > 1
      ? refused('ambiguous', 'I heard more than one number.')
      : refused('not-understood', 'I could not make out a number.');
  }
  const { corrected, match } = settled;
  if (isPartOfMore(tokens, match)) return refused('ambiguous', 'I need one number.');
  if (isDenied(tokens, match)) return refused('not-understood', 'I could not make out the number.');
  if (scale !== undefined && matches.length === found.length && isEndOfScale(tokens, match))
    return refused('ambiguous', 'I need a number on that scale.');
  const value = corrected ? corrections(tokens, matches, settled.value) : settled.value;
  if (whole && !Number.isInteger(value)) return refused('wrong-format', 'I need a whole number.');
  return answered(value, String(value), {
    tokens,
    matches: [...found, ...scaleWords],
    match,
    carriers,
    corrected: corrected || matches.length < found.length,
    repaired: [...repaired, ...guessed(tokens, match, options)],
  });
}

/** "Not a single one", "this is my third": what is said where no number stands. */
function withoutNumber(
  tokens: readonly Token[],
  found: readonly Match<number>[],
  whole: boolean,
  { measure }: NumberOptions,
): ParsedAnswer | undefined {
  const isNothing = (match: Match<number>) =>
    match.value === 0 || tokens[match.start]!.word === 'one' || isDenied(tokens, match);
  const none = found.every(isNothing) ? noneIn(tokens, found, carriers) : undefined;
  const counts = whole && measure !== undefined && found.length === 0;
  return none ?? (counts ? ordinalIn(tokens, carriers) : undefined);
}

/** "Fourteen thirty" for 14.30: the words of a number that would be another one elsewhere. */
function guessed(tokens: readonly Token[], match: Match<number>, { measure }: NumberOptions): string[] {
  const plain = measure && decimalNumber(tokens, match.start);
  return plain?.end === match.end && plain.value !== match.value
    ? tokens.slice(match.start, match.end).map(({ word }) => word)
    : [];
}

function outside(tokens: readonly Token[], matches: readonly Match<unknown>[]): Token[] {
  return tokens.map((token, at) =>
    matches.some(({ start, end }) => at >= start && at < end) ? { ...token, word: '' } : token,
  );
}

function finderFor(whole: boolean, { temperature = false, measure }: NumberOptions): Finder {
  return (tokens, at) => {
    if (isPronoun(tokens, at)) return undefined;
    const degrees = temperature ? degreesAt(tokens, at) : undefined;
    const measured = whole || !measure ? undefined : measuredAt(tokens, at, measure);
    return degrees ?? measured ?? countAt(tokens, at, whole) ?? decimalNumber(tokens, at);
  };
}

/** "My left one", "this one": no number. */
function isPronoun(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.word === 'one' &&
    /^(?:left|right|other|which|this|that|every|each|last|first|second|third|next|same|big|bigger|little|small|tiny|large|good|better|bad|worse|worst|best|old|older|young|new|no|any|yellow|white|blue|pink|green|red|orange|brown|purple|black|round|oval|long|short|loved|dear)$/.test(
      tokens[at - 1]?.word ?? '',
    )
  );
}

/** "Not even a one". */
function isDenied(tokens: readonly Token[], { start }: Match<unknown>): boolean {
  const before = tokens.slice(Math.max(0, start - 3), start).map(({ word }) => word);
  return /^not(?: even| quite)?(?: a| an)?$/.test(before.slice(before.lastIndexOf('not')).join(' '));
}

/** "Is ten the worst?" */
function isEndOfScale(tokens: readonly Token[], { start, end }: Match<unknown>): boolean {
  const around = tokens.slice(Math.max(0, start - 4), end + 5).map(({ word }) => word);
  return /\b(?:is|isn't|being|means|be)\b(?: \w+)? (?:the )?(?:best|worst|highest|lowest)\b/.test(
    around.join(' '),
  );
}

/** Names that hold a number. */
function withoutNames(words: string): string {
  return words
    .replace(/\$(?=\d)/g, '')
    .replace(/(?<=\d)-?ish\b/g, '')
    .replace(/\b(\d+(?:\.\d+)?)\s?\/\s?(10|100)\b/g, '$1 out of $2')
    .replace(/\b(?:a|h)[\s-]?(?:one|1)[\s-]?(?:c|n[\s-]?(?:one|1))\b/gi, ' ');
}

/** The numbers, without those that are said once more in digits ("thirteen, one three"), or only so ("seven oh"). */
function numbersIn(tokens: readonly Token[], finder: Finder): Match<number>[] {
  for (const row of findAll(tokens, digitRow)) {
    const inRow = (at: number) => at >= row.start && at < row.end;
    const rest = findAll(
      tokens.map((token, at) => (inRow(at) ? { ...token, word: '' } : token)),
      finder,
    );
    const whole = { value: Number(row.value), start: row.start, end: row.end };
    if (isPoint(tokens[row.start - 1])) continue;
    const echoes = rest.some(({ value }) => value === whole.value);
    const others = rest.filter((match) => !isDenied(tokens, match));
    if (echoes || (others.length === 0 && /^[2-9]0$/.test(row.value)))
      return [...rest, whole].sort((a, b) => a.start - b.start);
  }
  return findAll(tokens, finder);
}

function digitRow(tokens: readonly Token[], start: number): Match<string> | undefined {
  let end = start;
  let value = '';
  for (let digit = digitOf(tokens[end]?.word); digit !== undefined; digit = digitOf(tokens[end]?.word)) {
    value += digit;
    end += 1;
  }
  // "Fifty five oh" may be 50 said twice; in "thirty five, three five" the row begins later.
  const ten = tens[tokens[start - 1]?.word ?? ''];
  const within = ten !== undefined && !tokens[start - 1]!.pause && Number(value) !== ten;
  return value.length > 1 && !within ? { value, start, end } : undefined;
}

/** "Two thirds", "eight and a bit", "two brothers and a sister": the number is not all of it. */
function isPartOfMore(tokens: readonly Token[], { start, end }: Match<number>): boolean {
  const [next = '', after = '', third = ''] = tokens.slice(end, end + 3).map(({ word }) => word);
  if (/^and$/.test(next) && /^(?:a|an)$/.test(after) && tokens[end - 1]!.pause) return false;
  if (/^(?:third|fifth|sixth|eighth|tenth)s?$/.test(next) || tokens[start - 1]?.word === 'buck') return true;
  if (next === 'and' && after === 'a')
    return /^(?:third|fifth|sixth|eighth|bit|little|something|few)$/.test(third);
  return after === 'and' && /^(?:a|an|another)$/.test(third);
}

/** A plural ("the high nineties") or a limit stands for no number. */
function isVague(tokens: readonly Token[], match: Match<number>): boolean {
  const [before = '', after = ''] = [tokens[match.start - 1]?.word, tokens[match.end]?.word];
  return (
    isLimit(tokens, match) ||
    /^(?:low|mid|high|upper|lower|pushing|nearing|approaching)$/.test(before) ||
    /^(?:odd|something)$/.test(after) ||
    /^(?:eight|nine|six|seven|five|four|three|two|one|twentie|thirtie|fortie|fiftie|sixtie|seventie|eightie|ninetie|hundred|dozen)e?s$/.test(
      after,
    )
  );
}

/** The last of several when it is said to sum them up, or does: "my wife, me and the two boys, so four altogether". */
function concluded(
  tokens: readonly Token[],
  matches: readonly Match<number>[],
): { value: number; corrected: boolean; match: Match<number> } | undefined {
  const last = matches.at(-1);
  if (!last || adjacent(tokens, matches)) return undefined;
  const before = tokens.slice(Math.max(0, last.start - 3), last.start).map(({ word }) => word);
  const after = tokens.slice(last.end, last.end + 2).map(({ word }) => word);
  const sum = matches.slice(0, -1).reduce((total, { value }) => total + value, 0);
  const parts = brokenDown(tokens, matches);
  if (parts) return parts;
  const said =
    before.includes('so') ||
    after.some((word) => /^(?:altogether|total|all)$/.test(word)) ||
    before.includes('total');
  return said || sum === last.value ? { value: last.value, corrected: true, match: last } : undefined;
}

/** "A hundred and one point four, sorry, point two": only the part behind the point is corrected. */
function corrections(tokens: readonly Token[], matches: readonly Match<number>[], value: number): number {
  const [previous, last] = matches.slice(-2);
  if (!previous || !last || !/^(?:point|dot)$/.test(tokens[last.start]!.word) || value >= 1) return value;
  return Number((Math.trunc(previous.value) + value).toFixed(6));
}

function adjacent(tokens: readonly Token[], matches: readonly Match<number>[]): boolean {
  return matches.some((match, index) => {
    const before = matches[index - 1];
    if (before?.end !== match.start) return false;
    // "Thirteen one three" says one number twice; "five five five" may be three digits.
    return before.value !== match.value || (before.value < 10 && tokens[before.end - 1]?.pause !== true);
  });
}

/** The question that "two or three" calls for. */
export function oneOrOther(tokens: readonly Token[], matches: readonly Match<number>[]): string | undefined {
  const [first, second] = matches.slice(-2);
  if (!first || !second || first.value === second.value || second.start !== first.end + 1) return undefined;
  const between = tokens[first.end]!.word;
  return /^(?:or|to)$/.test(between) ? `Is it ${first.value}, or ${second.value}?` : undefined;
}
