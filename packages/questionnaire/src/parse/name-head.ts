import { spellingAt } from './letters.ts';
import { resembles } from './likeness.ts';
import { capitalise, carriers, isName } from './name-words.ts';
import { titled, withSpellings } from './spelled-names.ts';
import { ordinalAt } from './date-words.ts';
import { smallNumber } from './numbers.ts';
import { findAll, type Match, type Token } from './tokens.ts';

/** A name at the beginning of what is said, and the words about it that follow. */
export interface NameHead {
  name: string[];
  unused: string[];
}

const mostWords = 4;
/** With these after it a name is one among others, or not yet said. */
const torn = /^(?:or|no|not|sorry|wait|actually|something)$/;
const unlike = /^(?:double|\d.*)$/;

/**
 * The name that a ramble begins with, as spelled somewhere in it: "Dorothy Hale and I've been coming there for years", "Reid, r e i d, not
 * the e a one". The rest is unused, so that the name is read back.
 */
export function nameHead(tokens: readonly Token[], one: boolean): NameHead | undefined {
  const spellings = findAll(tokens, spellingAt)
    .filter(({ value }) => value.length > 2 || one)
    .map((row) => withMore(tokens, row));
  const inside = (at: number) => spellings.some(({ start, end }) => at >= start && at < end);
  const first = tokens.findIndex(({ word }, at) => inside(at) || !carriers.has(word));
  if (first < 0) return undefined;
  const spelt = new Set(spellings.filter(({ value }) => value.length > 2).map(({ value }) => value));
  const beside = () => tokens.map(({ word }) => word).filter((word) => !carriers.has(word));
  // "It's pronounced win, n g u y e n".
  if (one && spelt.size === 1 && !inside(first) && !isName(tokens[first]!))
    return { name: [titled([...spelt][0]!)], unused: beside() };
  let end = first;
  while (end < tokens.length && !inside(end) && isName(tokens[end]!) && !isAside(tokens, end)) end += 1;
  const heard = tokens.slice(first, end).filter(({ word }) => !carriers.has(word));
  if (heard.length > mostWords || (heard.length === 0 && !inside(first))) return undefined;
  const next = tokens[end]?.word ?? '';
  if (heard.length > 0 && !inside(end) && torn.test(next) && !tokens[end - 1]!.pause) return undefined;
  if (unlike.test(next) || ordinalAt(tokens, end) || smallNumber(tokens, end)) return undefined;
  const said = heard.map(({ raw }) => capitalise(raw));
  // What is spelled outweighs what was heard: "voychick, but it's spelled w o j c i k".
  if (one && said.length === 1 && spelt.size === 1 && !said[0]!.toLowerCase().startsWith([...spelt][0]!))
    return { name: [titled([...spelt][0]!)], unused: beside() };
  const fitting = spellings.filter(
    ({ start, value }) => start <= end + 1 || said.some((word) => resembles(word, value)),
  );
  const name = spelledName(said, fitting, one);
  if (name === undefined) return undefined;
  const used = (at: number) =>
    (at >= first && at < end) || fitting.some((row) => at >= row.start && at < row.end);
  const unused = tokens.filter(({ word }, at) => !used(at) && !carriers.has(word)).map(({ word }) => word);
  return { name, unused };
}

/** "T h o r n and then an e". */
function withMore(tokens: readonly Token[], row: Match<string>): Match<string> {
  const rest = tokens.slice(row.end).map(({ word }) => word);
  const more = /^(?:and |then |and then |plus )(?:an? |one )?([a-z])(?: (?:on|at) the end)?$/.exec(
    rest.join(' '),
  )?.[1];
  return more === undefined ? row : { value: row.value + more, start: row.start, end: tokens.length };
}

function spelledName(
  said: readonly string[],
  rows: readonly Match<string>[],
  one: boolean,
): string[] | undefined {
  const letters = rows.map(({ value }) => value);
  if (said.length === 0) return one && letters.length > 1 ? [titled(letters[0]!)] : letters.map(titled);
  return withSpellings(said, letters, { spelledFirst: false, one });
}

/** In text with capitals, small words after a comma are about the name: "Sean Murphy, retired." */
export function isAside(tokens: readonly Token[], at: number): boolean {
  const { raw } = tokens[at]!;
  return (
    at > 0 && tokens[at - 1]!.pause === true && /^\p{Ll}/u.test(raw) && /^\p{Lu}\p{Ll}/u.test(tokens[0]!.raw)
  );
}

const mostAtEnd = 3;

/** The name that comes last, after a pause or as what it is now: "I'm calling for my mother, Bonnie Tate", "it was Harris, now it's Tate". */
export function nameTail(tokens: readonly Token[], one: boolean): NameHead | undefined {
  const words = tokens.map(({ word }) => word);
  const now = one ? /(?:^| )(?:now (?:it's|i'm|is) (\S+)|it's (\S+) now)$/.exec(words.join(' ')) : null;
  const at = now
    ? words.lastIndexOf(now[1] ?? now[2]!)
    : tokens.findLastIndex(({ pause }, index) => pause && index < tokens.length - 1) + 1;
  const end = now ? at + 1 : tokens.length;
  const named = tokens.slice(at, end).filter(({ word }) => !carriers.has(word));
  const least = one ? 1 : 2;
  if (at < 1 || named.length < least || named.length > mostAtEnd || !named.every(isName)) return undefined;
  if (
    named.some((_, index) => isAside(tokens, at + index)) ||
    words.slice(0, at).some((word) => /^(?:or|not)$/.test(word))
  )
    return undefined;
  return {
    name: named.map(({ raw }) => capitalise(raw)),
    unused: [...words.slice(0, at), ...words.slice(end)].filter((word) => !carriers.has(word)),
  };
}
