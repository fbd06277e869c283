import { wordsOf } from './words.ts';

const list = (text: string) => text.split(' ');
const units = list(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
// Place holders keep the index equal to the value.
const tens = list('- - twenty thirty forty fifty sixty seventy eighty ninety');
const ordinals = list(
  '- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
);
const months = list('january february march april may june july august september october november december');

/**
 * The parts of an utterance that a read-back can be checked by, in order: months by name and numbers as digits
 * (`march third nineteen eighty five` → `march 3 1 9 8 5`). Everything else is left out, because names are
 * what a recogniser gets wrong most.
 */
export function checkableTokens(text: string): string[] {
  const tokens: string[] = [];
  const words = wordsOf(text);
  for (const [index, word] of words.entries()) {
    const value = numberOf(word);
    if (value !== undefined) tokens.push(...digitsOf(value, words[index + 1]));
    else if (months.includes(word) && !isAuxiliaryMay(words, index)) tokens.push(word);
    else if (/^\d+(st|nd|rd|th)?$/.test(word)) tokens.push(...word.replace(/\D/g, ''));
  }
  return tokens;
}

function numberOf(word: string): number | undefined {
  if (word === 'oh') return 0;
  for (const table of [units, ordinals]) {
    const index = table.indexOf(word);
    if (index >= 0) return index;
  }
  const ten = tens.indexOf(word.replace(/ieth$/, 'y'));
  return ten >= 2 ? ten * 10 : undefined;
}

/** `eighty` before `five` gives only its 8: the 5 follows. */
function digitsOf(value: number, next: string | undefined): string[] {
  const following = next === undefined ? undefined : numberOf(next);
  const joins = value >= 20 && value % 10 === 0 && following !== undefined && following > 0 && following < 10;
  return [...String(joins ? value / 10 : value)];
}

/** The month only beside a number: `may we record` is no date. */
function isAuxiliaryMay(words: readonly string[], index: number): boolean {
  if (words[index] !== 'may' && words[index] !== 'march') return false;
  const beside = [words[index - 1], words[index + 1]].filter((word) => word !== undefined);
  return !beside.some((word) => numberOf(word) !== undefined || /^\d/.test(word));
}
