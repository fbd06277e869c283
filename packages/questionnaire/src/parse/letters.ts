import { digitOf, teens, tens } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const nato =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu'.split(
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

const repeats: Readonly<Record<string, number>> = {
  double: 2,
  triple: 3,
  capital: 1,
  uppercase: 1,
  lowercase: 1,
};

/** A letter at `at`: "s", "s as in sam", "s for sam", "sierra", "double l"; a letter's name when `loose`. */
export function letterAt(tokens: readonly Token[], at: number, loose: boolean): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  const count = repeats[word];
  if (count !== undefined) {
    const rest = letterAt(tokens, at + 1, true);
    return rest && { value: rest.value.repeat(count), start: at, end: rest.end };
  }
  if (word === 'x' && tokens[at + 1]?.word === 'ray') return { value: 'x', start: at, end: at + 2 };
  const plain = /^[a-z]$/.test(word) ? word : loose ? letterNames[word] : undefined;
  const spelled = plain ?? letterNames[word];
  const explained = spelled === undefined ? undefined : exampleAt(tokens, at + 1, spelled);
  if (spelled !== undefined && explained !== undefined) return { value: spelled, start: at, end: explained };
  if (plain !== undefined) return { value: plain, start: at, end: at + 1 };
  return nato.includes(word) || word === 'alfa' || word === 'juliett'
    ? { value: word.charAt(0), start: at, end: at + 1 }
    : undefined;
}

/** Names of letters that are no words besides. */
const onlyNames =
  /^(?:bee|cee|dee|eff|ef|gee|aitch|jay|kay|el|ell|em|en|pee|cue|queue|ar|ess|tee|vee|ex|wye|zee|zed)$/;

/** Other alphabets that people spell with. */
const examples = new Set(
  'adam able apple baker boy charles charley cat david dog edward easy frank fox george girl henry ida item john king lincoln larry mary nora nancy nan ocean paul peter queen robert roger sam sugar tom thomas union uncle vincent william young yellow zebra zoo'.split(
    ' ',
  ),
);
/** Words that are also names of letters: taken for them only where nothing else can stand. */
const wordsToo = new Set(['be', 'see', 'sea', 'tea', 'pea', 'why', 'are', 'you', 'eye']);

/** A word for a letter between other letters and digits, or at the beginning of them: in doubt. */
export function doubtfulLetterAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  const letter = examples.has(word) ? word.charAt(0) : wordsToo.has(word) ? letterNames[word] : undefined;
  const [before, next] = [tokens[at - 1]?.word, tokens[at + 1]?.word];
  const fits = (other: string | undefined) =>
    other !== undefined &&
    (/^[a-z]$|\d/.test(other) ||
      onlyNames.test(other) ||
      digitOf(other) !== undefined ||
      nato.includes(other) ||
      examples.has(other));
  const between = before === undefined ? fits(next) : fits(before) && (next === undefined || fits(next));
  return letter !== undefined && between ? { value: letter, start: at, end: at + 1 } : undefined;
}

/** A letter's name beside letters or digits: "zee one four", "why h zee". */
export function looseLetterAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  const letter = letterNames[word];
  if (letter === undefined) return undefined;
  const [before, next] = [tokens[at - 1]?.word, tokens[at + 1]?.word].map((other) => other ?? '');
  const isPiece = (other: string) =>
    /^[a-z]$/.test(other) ||
    digitOf(other) !== undefined ||
    other in tens ||
    other in teens ||
    onlyNames.test(other);
  const sure = onlyNames.test(word)
    ? isPiece(before!) || isPiece(next!)
    : /^[a-z]$/.test(next!) && (before === '' || isPiece(before!));
  return sure ? { value: letter, start: at, end: at + 1 } : undefined;
}

const introductions = ['as in', 'like in', 'is for', 'is in', 'like', 'for'].map((words) => words.split(' '));

/** The end of "as in sam", "like sam", "for sam" when its word begins with the letter; misheard ones do not. */
function exampleAt(tokens: readonly Token[], at: number, letter: string): number | undefined {
  const introduced = introductions.find((words) =>
    words.every((word, index) => tokens[at + index]?.word === word),
  );
  if (!introduced) return undefined;
  const start = at + introduced.length;
  const example = tokens[start]?.word ?? '';
  if (!example.startsWith(letter)) return undefined;
  return start + (example === 'x' && tokens[start + 1]?.word === 'ray' ? 2 : 1);
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
