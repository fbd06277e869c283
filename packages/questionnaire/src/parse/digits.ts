import { digitOf, smallNumber, tens } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const times: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3, quadruple: 4 };
const plurals: Readonly<Record<string, string>> = {
  zeros: '0',
  zeroes: '0',
  ohs: '0',
  ones: '1',
  twos: '2',
  threes: '3',
  fours: '4',
  fives: '5',
  sixes: '6',
  sevens: '7',
  eights: '8',
  nines: '9',
};

/** Digits at `at`, in each way they may be written down: "five", "double five", "three zeros", "twenty one", "sixty six hundred". */
export function digitsAt(tokens: readonly Token[], at: number): Match<string[]> | undefined {
  const word = tokens[at]!.word;
  if (/^\+?\d+(-\d+)*$/.test(word)) return { value: [word.replace(/-/g, '')], start: at, end: at + 1 };
  const count = times[word];
  if (count !== undefined) {
    const digit = digitOf(tokens[at + 1]?.word);
    if (digit === undefined) return undefined;
    return { value: [String(digit).repeat(count)], start: at, end: at + 2 };
  }
  if (word === 'niner') return { value: ['9'], start: at, end: at + 1 };
  const next = tokens[at + 1]?.word ?? '';
  const digit = digitOf(word);
  if (digit !== undefined && digit > 1 && plurals[next] !== undefined)
    return { value: [plurals[next].repeat(digit)], start: at, end: at + 2 };
  return rounded(tokens, at) ?? pieces(tokens, at);
}

/** "Eight hundred", "sixty six hundred", "two thousand", "four thousand two". */
function rounded(tokens: readonly Token[], at: number): Match<string[]> | undefined {
  const number = smallNumber(tokens, at);
  const scale = tokens[number?.end ?? -1]?.word;
  if (!number) return undefined;
  if (scale === 'hundred') return { value: [`${number.value}00`], start: at, end: number.end + 1 };
  if (scale !== 'thousand') return undefined;
  const tail = digitOf(tokens[number.end + 1]?.word);
  const ends = digitOf(tokens[number.end + 2]?.word) === undefined;
  return tail !== undefined && tail > 0 && ends
    ? { value: [`${number.value}00${tail}`], start: at, end: number.end + 2 }
    : { value: [`${number.value}000`], start: at, end: number.end + 1 };
}

function pieces(tokens: readonly Token[], at: number): Match<string[]> | undefined {
  const { word } = tokens[at]!;
  const digit = digitOf(word);
  if (digit !== undefined) return { value: [String(digit)], start: at, end: at + 1 };
  const number = smallNumber(tokens, at);
  if (!number) return undefined;
  const apart = word in tens && number.end === at + 2 ? [`${tens[word]}${number.value % 10}`] : [];
  return { value: [String(number.value), ...apart], start: at, end: number.end };
}
