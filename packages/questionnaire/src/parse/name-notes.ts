import { isName } from './name-words.ts';
import type { Token } from './tokens.ts';

/** A remark on how a name is spelled, about the word before it. */
interface Note {
  pattern: RegExp;
  /** The word as the remark wants it; undefined when it cannot be told. */
  apply: (word: string, letters: string) => string | undefined;
}

const keep = (word: string) => word;

const notes: readonly Note[] = [
  {
    pattern:
      /^(?:with|has|there's) (?:a|an) (p h|c k|p f|c h|t h|g h|e a|e e|i e|e i|e y|a i|a y|s c|[a-z])(?: (?:on|at) the end| in it| in the middle| not \w+(?: \w)?)?(?= |$)/,
    apply: withLetters,
  },
  {
    pattern: /^(?:without|no|minus) (?:the |an? )?(\w)(?: (?:on|at) the end| in it)?(?= |$)/,
    apply: withoutLetter,
  },
  { pattern: /^(?:with )?(?:two|double) (\w)(?:'?s)?(?= |$)/, apply: doubled },
  { pattern: /^(?:with )?(?:just )?(?:the )?(?:one|a single|single) (\w)(?= |$)/, apply: single },
  {
    pattern:
      /^(?:(?:two|three|one|separate|all one|2) words?|(?:with (?:the|a) hyphen|hyphenated)|take your time|i'll spell (?:it|that)|(?:let me|i can|i could|want me to|shall i|should i|do you want me to) spell (?:it|that)|(?:the )?(?:usual|normal|regular|common|traditional) (?:way|spelling)|no (?:hyphen|dash|spaces?|apostrophe|middle name)|like it sounds|just like it sounds|like (?:the|a) \w+(?: (?!and|then|but|last|first|not|without|with)\w{3,})?|not like (?:the|it|a) \w+|like in \w+|as in (?!not\b)\w+|the \w+ (?:way|spelling)|spelled|that's it|like [a-z]{3,}|if you need it|please|thank you|thanks)(?= |$)/,
    apply: keep,
  },
];

const alike: readonly (readonly [string, string])[] = [
  ['c', 'k'],
  ['ph', 'v'],
  ['ph', 'f'],
  ['j', 'g'],
  ['i', 'y'],
  ['s', 'z'],
  ['ea', 'ee'],
  ['ck', 'k'],
];

/** "Catherine with a k", "Steven with a p h", "Sara with an h". */
function withLetters(word: string, said: string): string | undefined {
  const letters = said.replace(' ', '');
  const heard = word.toLowerCase();
  const known = spellings[heard]?.find((other) => other.includes(letters));
  if (known !== undefined) return known;
  if (heard.includes(letters)) return word;
  const ended = endedWith(heard, letters);
  if (ended !== undefined) return ended;
  for (const [a, b] of alike) {
    if (letters === a && heard.includes(b)) return heard.replace(b, a);
    if (letters === b && heard.includes(a)) return heard.replace(a, b);
  }
  if (/^(?:e|h)$/.test(letters) && (letters === 'e' ? /[^aeiouy]$/ : /[aeiou]$/).test(heard))
    return `${heard}${letters}`;
  return undefined;
}

/** Names of which a letter tells another spelling than it would of words. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  jeff: ['geoff'],
  jean: ['gene'],
  jon: ['john'],
  sean: ['shawn'],
  shaun: ['sean', 'shawn'],
  marc: ['mark'],
};
const endings = ['y', 'ie', 'ey', 'i', 'ee'];

/** "Tracy with an e y", "with an i e": another ending that sounds the same. */
function endedWith(heard: string, letters: string): string | undefined {
  const ending = endings.find((one) => heard.endsWith(one) && (one !== 'y' || !heard.endsWith('ey')));
  if (ending === undefined || heard.length < 4) return undefined;
  const stem = heard.slice(0, -ending.length);
  if (endings.includes(letters)) return `${stem}${letters}`;
  return letters === 'e' && ending === 'y' ? `${stem}ey` : undefined;
}

function withoutLetter(word: string, letter: string): string | undefined {
  const heard = word.toLowerCase();
  if (!heard.includes(letter)) return word;
  if (heard.endsWith(letter)) return heard.slice(0, -1);
  return heard.split(letter).length === 2 ? heard.replace(letter, '') : undefined;
}

function doubled(word: string, letter: string): string | undefined {
  const heard = word.toLowerCase();
  const count = heard.split(letter).length - 1;
  if (count > 1) return word;
  return count === 1 ? heard.replace(letter, letter.repeat(2)) : undefined;
}

function single(word: string, letter: string): string | undefined {
  const heard = word.toLowerCase();
  return heard.includes(letter) ? heard.replace(letter.repeat(2), letter) : undefined;
}

export interface Noted {
  tokens: readonly Token[];
  /** Remarks that do not fit what was heard: the name is in doubt. */
  unheeded: readonly string[];
}

/** The words without remarks on their spelling, which are heeded. */
export function heedingNotes(tokens: readonly Token[]): Noted {
  const kept: Token[] = [];
  const unheeded: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const rest = tokens
      .slice(at, at + 8)
      .map(({ word }) => word)
      .join(' ');
    const note = notes
      .map(({ pattern, apply }) => ({ found: pattern.exec(rest), apply }))
      .find(({ found }) => found);
    const about = kept.at(-1);
    // "B, E, double L": letters, not a remark on them.
    const spelling = about?.word.length === 1 && tokens[at]?.word === 'double';
    if (!note?.found || !about || spelling) {
      kept.push(tokens[at]!);
      at += 1;
      continue;
    }
    // After letters the remark only repeats them.
    // "But with an e": about the name, which is further back.
    const heeds = isName(about) ? note.apply(about.raw, note.found[1] ?? '') : about.raw;
    const spelled = about.word.length < 2 ? about.raw : heeds;
    const earlier = kept.findIndex(({ word }, index) => word === about.word && index < kept.length - 1);
    if (earlier >= 0 && about.word.length > 1) {
      // "Anne Marie Duval, Anne with an E": said once more to tell which.
      kept.splice(-1, 1);
      if (spelled !== undefined) kept[earlier] = { ...kept[earlier]!, word: spelled, raw: spelled };
    } else if (spelled === undefined) unheeded.push(note.found[0]);
    else if (spelled !== about.raw) kept.splice(-1, 1, { ...about, word: spelled, raw: spelled });
    at += note.found[0].split(' ').length;
  }
  return { tokens: kept, unheeded };
}
