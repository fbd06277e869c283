import type { ParsedAnswer } from '../types.ts';
import { intentOf } from './intent.ts';
import { spellingAt } from './letters.ts';
import { findAll, type Match, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  "my his her their name's name names is it it's this the first last middle full legal family given surname called calls i'm i am that that's spelled spelt spelling spell speaking so well yes yeah okay ok sure please and um of course for patient patient's would be hi hello s",
);
/** Words of sentences, which no name is made of: with one of them, it is not a name that was heard. */
const sentence = wordSet(
  "have has had having do does did don't can't was were been not no never to from with without at by about because but if when what who why how where which there here they them you your we our us me he she pain hurts hurt feel feeling need want appointment doctor nurse clinic call calling yesterday today tomorrow know sure sorry wait repeat again right wrong correct just like really very could should would rather say said think see got get need number phone date birth birthday address email zip medicine insurance one two three four five six seven eight nine ten zero yes no nope but that's it's hold second minute moment",
);
const mostWords = 5;

/**
 * A person's name: "my name is john smith", "john smith that's s m i t h", "first name j o h n last name s m i t h".
 * What is spelled replaces the word it resembles. Sentences, numbers and single letters are refused.
 */
export function parseName(words: string): ParsedAnswer {
  const nothing: ParsedAnswer = {
    ok: false,
    code: 'not-understood',
    problem: 'I could not make out a name.',
  };
  if (intentOf(words) !== undefined) return nothing;
  const tokens = tokenize(words);
  const spellings = findAll(tokens, spellingAt);
  const plain = tokens.filter((_, index) => !inside(spellings, index));
  const said = plain.filter((token) => !carriers.has(token.word));
  const noisy = said.length > mostWords || !said.every(isName);
  if (noisy) return amidNoise(tokens, spellings) ?? nothing;
  const heard = said.map((token) => capitalise(token));
  const spelledFirst = said[0] !== undefined && (spellings[0]?.start ?? Infinity) < tokens.indexOf(said[0]);
  const name = withSpellings(
    heard,
    spellings.map((spelling) => spelling.value),
    spelledFirst,
  );
  if (name === undefined) return spelledInPlace(tokens, spellings);
  if (name.length === 0) return nothing;
  const value = name.join(' ');
  return { ok: true, value, display: value, covered: true, unused: [] };
}

/**
 * Letters that fit no word: people spell a part right after saying it, so each row of letters stands for the word before it. Where
 * both sound alike over a telephone the word stays, since letters are misheard more easily; in doubt either way.
 */
function spelledInPlace(tokens: readonly Token[], spellings: readonly Match<string>[]): ParsedAnswer {
  const parts: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const spelling = spellings.find(({ start }) => start === index);
    if (spelling) {
      const word = parts.at(-1);
      if (word === undefined) parts.push(titled(spelling.value));
      else if (!soundsLike(word, spelling.value)) parts.splice(-1, 1, titled(spelling.value));
    } else if (!inside(spellings, index) && !carriers.has(token.word)) parts.push(capitalise(token));
  }
  const value = parts.join(' ');
  return {
    ok: true,
    value,
    display: value,
    covered: false,
    unused: spellings.map(({ value: letters }) => letters),
  };
}

/** Letters that a telephone makes one of. */
const alike = ['bcdegptvz', 'ajk', 'mn', 'fsx', 'iy', 'quw'];
const classed = (word: string) =>
  [...word.toLowerCase()]
    .map((letter) => alike.find((some) => some.includes(letter))?.[0] ?? letter)
    .join('');

function soundsLike(word: string, letters: string): boolean {
  return distance(classed(word), classed(letters)) <= Math.max(1, Math.floor(word.length / 3));
}

/**
 * A name whose end is spelled, said in words that were misheard: "market then they are paying wilson w i l s o n". What
 * is spelled counts, a first word that could be a name stays as heard, and the rest is doubt.
 */
function amidNoise(tokens: readonly Token[], spellings: readonly Match<string>[]): ParsedAnswer | undefined {
  const last = spellings.at(-1);
  if (!last || tokens.slice(last.end).some((token) => !carriers.has(token.word))) return undefined;
  const spelled = spellings.filter(({ start, value }) => resembles(tokens[start - 1]?.word ?? '', value));
  if (spelled.at(-1) !== last) return undefined;
  const used = (index: number) => spelled.some(({ start, end }) => index >= start - 1 && index < end);
  const first = tokens.findIndex(
    ({ word }) => !carriers.has(word) && !/^(?:no|sorry|wait|actually)$/.test(word),
  );
  const begins = !used(first) && isName(tokens[first]!) && !inside(spellings, first);
  const parts = [
    ...(begins ? [capitalise(tokens[first]!)] : []),
    ...spelled.map((spelling) => titled(spelling.value)),
  ];
  const unused = tokens
    .filter((token, index) => !used(index) && !(begins && index === first) && !carriers.has(token.word))
    .map((token) => token.word);
  const value = parts.join(' ');
  return { ok: true, value, display: value, covered: unused.length === 0, unused };
}

function isName({ word, raw }: Token): boolean {
  return word.length > 1 && !sentence.has(word) && /^\p{L}[\p{L}'.]*$/u.test(raw);
}

function inside(matches: readonly Match<unknown>[], index: number): boolean {
  return matches.some((match) => index >= match.start && index < match.end);
}

/** Formatted text keeps its capitals (McDonald, O'Brien); lower-case words get one. */
function capitalise(token: Token): string {
  const { raw } = token;
  if (/^\p{Lu}/u.test(raw) && raw !== raw.toUpperCase()) return raw.replace(/'s$/, '');
  return raw
    .toLowerCase()
    .replace(/(^|['-])\p{L}/gu, (letter) => letter.toUpperCase())
    .replace(/'S$/, "'s");
}

/** Each spelling in the place of the heard word most like it; only-spelled names need no heard words. */
function withSpellings(
  heard: readonly string[],
  spellings: readonly string[],
  spelledFirst: boolean,
): string[] | undefined {
  if (heard.length === 0) return spellings.map(titled);
  const name = [...heard];
  const taken = new Set<number>();
  const joined = heard.join('').toLowerCase();
  if (heard.length > 1 && spellings.length === 1 && distance(joined, spellings[0]!) <= 2) {
    // Spelled through without a break: it is divided as the words that were heard.
    return joined === spellings[0] ? name : divided(spellings[0]!, name)?.map(titled);
  }
  for (const spelling of spellings) {
    const ranked = name
      .map((word, index) => ({ index, distance: distance(word.toLowerCase(), spelling) }))
      .filter(({ index }) => !taken.has(index))
      .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    if (!best) return undefined;
    if (best.distance === 0) taken.add(best.index);
    else if (resembles(name[best.index]!, spelling)) {
      name[best.index] = titled(spelling);
      taken.add(best.index);
    } else if (name.length === 1) {
      // One name was heard, the other only spelled: they stay in the order in which they were said.
      if (spelledFirst) name.unshift(titled(spelling));
      else name.push(titled(spelling));
      taken.add(spelledFirst ? 0 : 1);
    } else return undefined;
  }
  return name;
}

/** Whether a spelling may be that of the word heard. */
function resembles(word: string, spelling: string): boolean {
  const heard = word.toLowerCase();
  const longest = Math.max(heard.length, spelling.length);
  const away = distance(heard, spelling);
  if (away <= Math.ceil(longest * 0.4)) return true;
  const sameStart = heard.charAt(0) === spelling.charAt(0) && away < longest;
  return sameStart && Math.abs(heard.length - spelling.length) <= 2;
}

/** A row of letters in as many parts as words were heard, each most like its word; undefined when two ways are equal. */
function divided(letters: string, heard: readonly string[]): string[] | undefined {
  const [best, second] = divisions(letters, heard.length)
    .map((parts) => ({
      parts,
      away: parts.reduce((sum, part, index) => sum + distance(part, heard[index]!.toLowerCase()), 0),
    }))
    .sort((a, b) => a.away - b.away);
  return best && best.away !== second?.away ? best.parts : undefined;
}

function divisions(letters: string, count: number): string[][] {
  if (count === 1) return letters === '' ? [] : [[letters]];
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => index + 1).flatMap((cut) =>
    divisions(letters.slice(cut), count - 1).map((rest) => [letters.slice(0, cut), ...rest]),
  );
}

function titled(letters: string): string {
  return letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, change));
    }
    row = next;
  }
  return row[b.length]!;
}
