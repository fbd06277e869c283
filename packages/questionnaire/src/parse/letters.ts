import type { Match, Token } from './tokens.ts';

const nato =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(
    ' ',
  );
/** How recognisers write the names of letters; taken as letters only in a row with real ones. */
const letterNames: Readonly<Record<string, string>> = {
  ay: 'a',
  bee: 'b',
  be: 'b',
  cee: 'c',
  sea: 'c',
  see: 'c',
  dee: 'd',
  ee: 'e',
  eff: 'f',
  ef: 'f',
  gee: 'g',
  aitch: 'h',
  eye: 'i',
  jay: 'j',
  kay: 'k',
  el: 'l',
  ell: 'l',
  em: 'm',
  en: 'n',
  oh: 'o',
  pee: 'p',
  pea: 'p',
  queue: 'q',
  cue: 'q',
  are: 'r',
  ar: 'r',
  ess: 's',
  tee: 't',
  tea: 't',
  you: 'u',
  vee: 'v',
  ex: 'x',
  why: 'y',
  wye: 'y',
  zee: 'z',
  zed: 'z',
};

/** A letter at `at`: "s", "s as in sam", "s for sam", "sierra", "double l"; a letter's name when `loose`. */
export function letterAt(tokens: readonly Token[], at: number, loose: boolean): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  if (word === 'double' || word === 'capital') {
    const rest = letterAt(tokens, at + 1, true);
    return rest && { value: word === 'double' ? rest.value.repeat(2) : rest.value, start: at, end: rest.end };
  }
  const plain = /^[a-z]$/.test(word) ? word : loose ? letterNames[word] : undefined;
  const spelled = plain ?? letterNames[word];
  const explained = spelled === undefined ? undefined : exampleAt(tokens, at + 1, spelled);
  if (spelled !== undefined && explained !== undefined) return { value: spelled, start: at, end: explained };
  if (plain !== undefined) return { value: plain, start: at, end: at + 1 };
  return nato.includes(word) || word === 'alfa' || word === 'juliett'
    ? { value: word.charAt(0), start: at, end: at + 1 }
    : undefined;
}

/** The end of "as in sam", "like sam", "for sam" when its word begins with the letter; misheard ones do not. */
function exampleAt(tokens: readonly Token[], at: number, letter: string): number | undefined {
  const words = tokens.slice(at, at + 3).map((token) => token.word);
  const length =
    words[0] === 'as' && words[1] === 'in' ? 2 : words[0] === 'like' || words[0] === 'for' ? 1 : 0;
  if (length === 0 || !words[length]?.startsWith(letter)) return undefined;
  return at + length + 1;
}

/** A row of two letters or more at `start`. The article "a" and the pronoun "i" alone begin none. */
export function spellingAt(tokens: readonly Token[], start: number): Match<string> | undefined {
  let value = '';
  let at = start;
  let firm = 0;
  for (;;) {
    const letter = letterAt(tokens, at, value !== '' || letterAt(tokens, at + 1, false) !== undefined);
    if (!letter) break;
    if (/^[a-z]$/.test(tokens[at]!.word) || letter.end > at + 1 || nato.includes(tokens[at]!.word)) firm += 1;
    value += letter.value;
    at = letter.end;
  }
  // Half of the row, at least, has to be letters beyond doubt: "see you" is no spelling.
  if (value.length < 2 || firm * 2 < value.length) return undefined;
  return { value, start, end: at };
}
