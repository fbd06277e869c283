import type { ParsedAnswer } from '../types.ts';
import type { Refused } from './answered.ts';
import { intentOf } from './intent.ts';
import { spellingAt } from './letters.ts';
import { distance, resembles } from './likeness.ts';
import {
  apostrophes,
  hyphens,
  inOrder,
  joined,
  type NamePart,
  onlyPart,
  withoutCorrected,
  withoutNickname,
  withoutRepeats,
} from './name-order.ts';
import { titled, withSpellings } from './spelled-names.ts';
import { isAside, nameHead, nameTail } from './name-head.ts';
import { heedingNotes } from './name-notes.ts';
import { capitalise, carriers, isName, withoutSuffix } from './name-words.ts';
import { isCorrecting } from './taken-back.ts';
import { findAll, type Match, type Token, tokenize } from './tokens.ts';

const mostWords = 5;

/** A name as read from the words, before what surrounds it is heeded. */
type NameHeard = (Extract<ParsedAnswer, { ok: true }> & { value: string }) | Refused;

const nothing: Refused = {
  ok: false,
  code: 'not-understood',
  problem: 'I could not make out a name.',
};

/**
 * A person's name: "my name is john smith", "john smith that's s m i t h", "first name j o h n last name s m i t h".
 * What is spelled replaces the word it resembles. Sentences, numbers and single letters are refused.
 */
export function parseName(words: string, part?: NamePart): ParsedAnswer {
  if (intentOf(words) !== undefined) return nothing;
  const all = inOrder(onlyPart(withoutNickname(tokenize(words)), part));
  const corrected = withoutCorrected(all);
  if (corrected === undefined) return nothing;
  const noted = heedingNotes(corrected);
  const { tokens, suffix } = withoutSuffix(apostrophes(noted.tokens));
  const parsed = nameIn(withoutRepeats(hyphens(tokens)), part, noted.unheeded.length === 0);
  if (!parsed.ok) return parsed;
  const name = joined(parsed.value, words);
  const value = [
    name.charAt(0).toUpperCase() + name.slice(1),
    ...(suffix === undefined ? [] : [suffix]),
  ].join(' ');
  if (part === 'full' && !/[ ]/.test(value))
    return { ok: false, code: 'incomplete', problem: 'I need the first and the last name.' };
  const dropped = all.filter((token, at) => !corrected.includes(token) && !isCorrecting(all, at));
  const unused = [
    ...parsed.unused,
    ...noted.unheeded,
    ...dropped.map(({ word }) => word),
    ...surplus(value, part),
  ];
  const covered = parsed.covered && unused.length === 0;
  const confidence = covered ? 0.9 : 0.6;
  return {
    ...parsed,
    value,
    display: value,
    covered,
    unused,
    confidence,
    span: { start: all[0]!.from, end: all.at(-1)!.to },
  };
}

/** What follows a first name as a part of it: "Mary Ann"; "Zoe Brennan" may have a family name in it. */
const secondNames =
  /^(?:ann|anne|anna|jo|joe|lou|louise|sue|beth|lee|leigh|kay|kate|jane|jean|ellen|may|mae|rose|ray|rae|lynn|lynne|bob|paul|pierre|luc|claude|marie|maria|grace|elizabeth|catherine|carlos|luis|jose|antonio|manuel|michael|james|john|william|jr\.|sr\.)$/i;

/** More names than were asked for may be other words: two where the family name is wanted, four for the whole. */
function surplus(name: string, part: NamePart | undefined): string[] {
  const words = name
    .split(' ')
    .filter((word) => !/^(?:van|von|de|la|del|los|saint|st|mac|di|da|jr\.|sr\.|i{2,3}|iv)$/i.test(word));
  const most = { full: 3, family: 1, given: 2 };
  if (part === 'given' && words.length === 2 && !secondNames.test(words[1]!))
    return [words[1]!.toLowerCase()];
  return part === undefined ? [] : words.slice(most[part]).map((word) => word.toLowerCase());
}

/** `clear`: no remark on the spelling went unheeded. */
function nameIn(tokens: readonly Token[], part: NamePart | undefined, clear: boolean): NameHeard {
  const spellings = findAll(tokens, spellingAt);
  const plain = tokens.filter((_, index) => !inside(spellings, index));
  const said = plain.filter((token) => !carriers.has(token.word));
  const aside = tokens.some((token, at) => isAside(tokens, at) && said.includes(token));
  const noisy = said.length > mostWords || aside || !said.every(isName);
  if (noisy) return amidNoise(tokens, spellings) ?? (clear ? atHead(tokens, part) : undefined) ?? nothing;
  const heard = said.map((token) => capitalise(token.raw));
  const spelledFirst = said[0] !== undefined && (spellings[0]?.start ?? Infinity) < tokens.indexOf(said[0]);
  const name = withSpellings(
    heard,
    spellings.map((spelling) => spelling.value),
    { spelledFirst, one: part === 'family' || part === 'given' },
  );
  if (name === undefined) return spelledInPlace(tokens, spellings);
  if (name.length === 0) return nothing;
  const value = name.join(' ');
  return { ok: true, value, display: value, covered: true, unused: [] };
}

/** The name that a ramble begins with. */
function atHead(tokens: readonly Token[], part: NamePart | undefined): NameHeard | undefined {
  const one = part === 'family' || part === 'given';
  const head = nameHead(tokens, one) ?? (part === undefined ? undefined : nameTail(tokens, one));
  if (!head || head.name.length === 0 || (part === undefined && head.name.length < 2)) return undefined;
  const value = head.name.join(' ');
  return { ok: true, value, display: value, covered: false, unused: head.unused };
}

/**
 * Letters that fit no word: people spell a part right after saying it, so each row of letters stands for the word before it. Where
 * both sound alike over a telephone the word stays, since letters are misheard more easily; in doubt either way.
 */
function spelledInPlace(tokens: readonly Token[], spellings: readonly Match<string>[]): NameHeard {
  const parts: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const spelling = spellings.find(({ start }) => start === index);
    if (spelling) {
      const word = parts.at(-1);
      if (word === undefined) parts.push(titled(spelling.value));
      else if (!soundsLike(word, spelling.value)) parts.splice(-1, 1, titled(spelling.value));
    } else if (!inside(spellings, index) && !carriers.has(token.word)) parts.push(capitalise(token.raw));
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
function amidNoise(tokens: readonly Token[], spellings: readonly Match<string>[]): NameHeard | undefined {
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
    ...(begins ? [capitalise(tokens[first]!.raw)] : []),
    ...spelled.map((spelling) => titled(spelling.value)),
  ];
  const unused = tokens
    .filter((token, index) => !used(index) && !(begins && index === first) && !carriers.has(token.word))
    .map((token) => token.word);
  const value = parts.join(' ');
  return { ok: true, value, display: value, covered: unused.length === 0, unused };
}

function inside(matches: readonly Match<unknown>[], index: number): boolean {
  return matches.some((match) => index >= match.start && index < match.end);
}
