import { spellingAt } from './letters.ts';
import { resembles } from './likeness.ts';
import { carriers, isName } from './name-words.ts';
import { isCorrecting } from './taken-back.ts';
import { findAll, type Match, type Token } from './tokens.ts';

/** Which part of a name is asked for, where the question tells. */
export type NamePart = 'full' | 'family' | 'given';

export function namePartOf(question: string): NamePart | undefined {
  if (/\b(?:full|first and last|legal)\b/i.test(question)) return 'full';
  if (/\b(?:last|family|sur|maiden) ?name\b/i.test(question)) return 'family';
  return /\b(?:first|given|middle|preferred) ?name\b/i.test(question) ? 'given' : undefined;
}

/** "But everybody calls me Bob": what somebody is called is not the name. */
export function withoutNickname(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ word }, index) => {
    const rest = tokens
      .slice(index, index + 4)
      .map((token) => token.word)
      .join(' ');
    const called =
      /^(?:but |and )?(?:(?:everybody|everyone|people|folks|they|friends|most people) (?:just )?calls? (?:me|him|her)|(?:i|he|she) goe?s? by|goes by|go by|call me|known as|formerly|maiden name|nickname)\b/;
    return index > 0 && (called.test(rest) || (word === 'aka' && index > 0));
  });
  return at > 0 ? tokens.slice(0, at) : tokens;
}

/** Of "first name John, last name Smith" only what was asked for. */
export function onlyPart(tokens: readonly Token[], part: NamePart | undefined): readonly Token[] {
  const [family, given] = [/^(?:last|family)$/, /^(?:first|given)$/].map((which) =>
    tokens.findIndex(({ word }, at) => which.test(word) && /^name(?:'s)?$/.test(tokens[at + 1]?.word ?? '')),
  );
  if (part === undefined || part === 'full' || family! < 0 || given! < 0) return tokens;
  const [wanted, other] = part === 'family' ? [family!, given!] : [given!, family!];
  return wanted > other ? tokens.slice(wanted) : tokens.slice(wanted, other);
}

/** "Last name Smith, first name John": given name first. */
export function inOrder(tokens: readonly Token[]): readonly Token[] {
  const named = (which: RegExp) =>
    tokens.findIndex(({ word }, at) => which.test(word) && /^name(?:'s)?$/.test(tokens[at + 1]?.word ?? ''));
  const [family, given] = [named(/^(?:last|family)$/), named(/^(?:first|given)$/)];
  return family >= 0 && given > family
    ? [...tokens.slice(0, family), ...tokens.slice(given), ...tokens.slice(family, given)]
    : tokens;
}

/** "Hank Williams, no wait, Williamson": the word corrected, or the whole name; undefined when nothing follows. */
export function withoutCorrected(tokens: readonly Token[]): readonly Token[] | undefined {
  const isNamed = (token: Token) => isName(token) && !carriers.has(token.word);
  const at = tokens.findIndex(
    (_, index) => isCorrecting(tokens, index) && tokens.slice(0, index).some(isNamed),
  );
  // "No e on the end" is a remark.
  if (at < 0 || (tokens[at]!.word === 'no' && /^[a-z]$/.test(tokens[at + 1]?.word ?? ''))) {
    return tokens.at(-1) && isCorrecting(tokens, tokens.length - 1) ? undefined : tokens;
  }
  const end = tokens.findIndex((_, index) => index > at && !isCorrecting(tokens, index));
  if (end < 0) return undefined;
  const [before, after] = [tokens.slice(0, at), withoutCorrected(tokens.slice(end)) ?? []];
  const named = after.filter(isNamed);
  if (named.length !== 1 || before.filter(isNamed).length < 2) return after;
  const nearest = before.findLastIndex((token) => isNamed(token) && resembles(token.word, named[0]!.word));
  return nearest < 0 ? undefined : [...before.slice(0, nearest), ...after, ...before.slice(nearest + 1)];
}

/** "O apostrophe B R I E N" is spelled with it; "o brien" is O'Brien. */
export function apostrophes(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    if (token.word === 'apostrophe' && before && next) return [];
    if (isPrefix(tokens, at) && next && isName(next) && !carriers.has(next.word)) return [];
    const irish = isPrefix(tokens, at - 1) && isName(token) && !carriers.has(token.word);
    return irish
      ? [
          {
            ...token,
            word: `${before!.word}'${token.word}`,
            raw: `${before!.word}'${token.raw.toLowerCase()}`,
          },
        ]
      : [token];
  });
}

/** The O of "O Brien", not one of a row of letters. */
function isPrefix(tokens: readonly Token[], at: number): boolean {
  return /^[od]$/.test(tokens[at]?.word ?? '') && (tokens[at - 1]?.word.length ?? 2) > 1;
}

/** "Garcia hyphen Lopez". */
export function hyphens(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    const sign = (one: Token | undefined) => one?.word === 'hyphen' || one?.word === 'dash';
    if (sign(next) && tokens[at + 2]) {
      const [from, to] = [token.from, tokens[at + 2]!.to];
      return [
        {
          word: `${token.word}-${tokens[at + 2]!.word}`,
          raw: `${token.raw}-${tokens[at + 2]!.raw}`,
          from,
          to,
        },
      ];
    }
    return sign(token) || (sign(before) && at > 1) ? [] : [token];
  });
}

/** "Ruth. Ruth Abernathy." */
export function withoutRepeats(all: readonly Token[]): readonly Token[] {
  // "The name's Smith, John Smith"; "Lee, just Lee".
  const tokens = all
    .slice(
      Math.max(
        0,
        all.findIndex(({ word }) => word.length === 1 || !carriers.has(word)),
      ),
    )
    .filter((_, at, some) => !isJust(some, at) && !isJust(some, at - 1));
  const spellings = findAll(tokens, spellingAt);
  const [first, second] = tokens;
  const apart = tokens.filter(
    (token, at) =>
      token.word.length < 2 ||
      inside(spellings, at) ||
      token.word !== tokens[at - 1]?.word ||
      !tokens[at - 1]!.pause,
  );
  // "And then Kelly": the "then" only leads on.
  const led = apart.filter(({ word }, at) => word !== 'then' || apart[at - 1]?.word !== 'and');
  // "Haines. Robert Haines."
  const last = led.at(-1);
  const bond = led.length > 2 && first?.word === last?.word && !inside(spellings, 0);
  return first && second ? (bond ? led.slice(1) : led) : tokens;
}

function isJust(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.word === 'just' &&
    tokens[at + 1] !== undefined &&
    tokens[at + 1]!.word === tokens[at - 1]?.word
  );
}

/** Two names that were written with a hyphen, or said to have one, get it back. */
export function joined(name: string, words: string): string {
  const pairs = [...words.matchAll(/(\p{L}{2,})-(\p{L}{2,})/gu)].map(([, first = '', second = '']) => [
    first,
    second,
  ]);
  const written = pairs.reduce(
    (so, [first, second]) => so.replace(new RegExp(`\\b(${first}) (${second})\\b`, 'iu'), '$1-$2'),
    name,
  );
  return written === name && /\b(?:hyphenated|with (?:the|a) hyphen)\b/i.test(words) && !name.includes('-')
    ? name.replace(/ (\S+) (\S+)$/, ' $1-$2')
    : written;
}

function inside(matches: readonly Match<unknown>[], index: number): boolean {
  return matches.some((match) => index >= match.start && index < match.end);
}
