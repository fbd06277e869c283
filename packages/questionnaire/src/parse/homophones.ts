import { digitOf, teens, tens } from './numbers.ts';
import type { Token } from './tokens.ts';

/** What recognisers write for a number. The first are no words that stand beside numbers otherwise; the second are. */
const strict: Readonly<Record<string, string>> = {
  ate: 'eight',
  tree: 'three',
  tin: 'ten',
  sex: 'six',
  sicks: 'six',
  fore: 'four',
  won: 'one',
  nein: 'nine',
  niner: 'nine',
  owe: 'oh',
  fife: 'five',
};
const loose: Readonly<Record<string, string>> = { to: 'two', too: 'two', for: 'four' };

const counted =
  /^(?:seconds?|minutes?|hours?|days?|daze|weeks?|months?|years?|times|pounds|kilos?|grams?|milligrams|degrees|percent|inches|o'clock|am|pm|hundred|thousand)$/;

export interface Repaired {
  tokens: readonly Token[];
  /** The words as they came. */
  repaired: readonly string[];
}

/** Words that sound like numbers, where only a number can stand: "ate out of ten", "ninety ate point six", "tree days". */
export function repairNumbers(tokens: readonly Token[]): Repaired {
  const repaired: string[] = [];
  const mended = tokens.flatMap((token, at) => {
    const number = numberFor(tokens, at);
    if (number === undefined) return [token];
    repaired.push(token.word);
    // "Sixty sex six": the recogniser wrote both.
    return tokens[at + 1]?.word === number ? [] : [{ ...token, word: number }];
  });
  return { tokens: mended, repaired };
}

function numberFor(tokens: readonly Token[], at: number): string | undefined {
  const { word } = tokens[at]!;
  const number = strict[word] ?? loose[word];
  if (number === undefined) return undefined;
  const [before = '', next = '', after = ''] = [-1, 1, 2].map((offset) => tokens[at + offset]?.word);
  const scaled = (next === 'out' && after === 'of') || (next === 'over' && /^(?:ten|tin)$/.test(after));
  const broken = isPoint(next) || isPoint(before);
  if (scaled || broken) return number;
  if (!(word in strict)) return undefined;
  const ofScale = before === 'of' && tokens[at - 2]?.word === 'out';
  const ends = next === '' || digitOf(next) !== undefined;
  const completes = (before in tens || before in teens || before === 'hundred') && ends && word !== 'tin';
  const each = /^(?:a|an|per)$/.test(next) && /^(?:day|week|month|year|night|hour|time)$/.test(after);
  const graded = next === '' && /^(?:solid|strong|good|about|maybe|say)$/.test(before);
  return ofScale || completes || each || graded || counted.test(next) ? number : undefined;
}

function isPoint(word: string): boolean {
  return word === 'point' || word === 'dot';
}
