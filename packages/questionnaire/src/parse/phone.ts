import type { ParsedAnswer } from '../types.ts';
import { displayPhone } from '../speak/displays.ts';
import { digitOf, smallNumber, tens } from './numbers.ts';
import { type Match, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet(
  'number phone cell mobile home work telephone callback call back reach at on area code me best then and dash hyphen dot space plus country us for you can',
);
/** May stand inside a number without ending it. */
const inside = wordSet('area code then and dash hyphen dot space the um');

/** A North American number (ten digits, or eleven from 1), or any other when written with "+"; as `+15550100123`. */
export function parsePhone(words: string): ParsedAnswer {
  const tokens = tokenize(words.replace(/[()]/g, ' ').replace(/(?<=\d)[-.\s](?=\d)/g, ' '));
  const runs = digitRuns(tokens);
  const whole = runs.flatMap((run) => {
    const numbers = new Set(run.value.map(northAmerican).filter((number) => number !== undefined));
    return [...numbers].map((value) => ({ ...run, value }));
  });
  const distinct = new Set(whole.map((match) => match.value));
  if (distinct.size > 1) return { ok: false, code: 'ambiguous', problem: 'I heard more than one number.' };
  const found = whole[0];
  if (!found) return { ok: false, ...shortcoming(runs) };
  const unused = unusedWords(tokens, whole, carriers);
  return {
    ok: true,
    value: found.value,
    display: displayPhone(found.value),
    covered: unused.length === 0,
    unused,
  };
}

/** A number said twice in a row is one number. */
function northAmerican(said: string): string | undefined {
  const digits = /^(\d{10,11})\1$/.exec(said)?.[1] ?? said;
  if (/^\+[1-9]\d{7,14}$/.test(digits) && !digits.startsWith('+1')) return digits;
  const match = /^\+?1?([2-9]\d{9})$/.exec(digits);
  return match ? `+1${match[1]}` : undefined;
}

function shortcoming(runs: readonly Match<string[]>[]): {
  code: 'not-understood' | 'incomplete' | 'wrong-format';
  problem: string;
} {
  const longest = Math.max(
    0,
    ...runs.flatMap((run) => run.value.map((digits) => digits.replace('+', '').length)),
  );
  if (longest < 4) return { code: 'not-understood', problem: 'I could not make out a phone number.' };
  if (longest === 7) return { code: 'incomplete', problem: 'I need the area code as well.' };
  if (longest < 10) return { code: 'incomplete', problem: `I heard only ${longest} digits.` };
  if (longest === 10) return { code: 'wrong-format', problem: 'That is not a phone number I can call.' };
  return { code: 'wrong-format', problem: `I heard ${longest} digits, which is too many.` };
}

/** Every row of digits, with each way it may be written down: "twenty one" is 21 or, rarely, 201. */
function digitRuns(tokens: readonly Token[]): Match<string[]>[] {
  const runs: Match<string[]>[] = [];
  for (let at = 0; at < tokens.length;) {
    const run = runAt(tokens, at);
    if (run) runs.push(run);
    at = run ? run.end : at + 1;
  }
  return runs;
}

const mostReadings = 16;

function runAt(tokens: readonly Token[], start: number): Match<string[]> | undefined {
  let readings = [''];
  let end = start;
  for (let at = start; at < tokens.length;) {
    const piece = digitsAt(tokens, at);
    if (piece) {
      readings = readings
        .flatMap((soFar) => piece.value.map((digits) => soFar + digits))
        .slice(0, mostReadings);
      at = end = piece.end;
    } else if (end > start && inside.has(tokens[at]!.word)) {
      at += 1;
    } else {
      break;
    }
  }
  return end > start ? { value: readings, start, end } : undefined;
}

/** Digits at `at`, in each way they may be written down. */
export function digitsAt(tokens: readonly Token[], at: number): Match<string[]> | undefined {
  const word = tokens[at]!.word;
  if (/^\+?\d+(-\d+)*$/.test(word)) return { value: [word.replace(/-/g, '')], start: at, end: at + 1 };
  if (word === 'double' || word === 'triple') {
    const digit = digitOf(tokens[at + 1]?.word);
    if (digit === undefined) return undefined;
    return { value: [String(digit).repeat(word === 'double' ? 2 : 3)], start: at, end: at + 2 };
  }
  const next = tokens[at + 1]?.word;
  const digit = digitOf(word);
  if (digit !== undefined) {
    if (next === 'hundred') return { value: [`${digit}00`], start: at, end: at + 2 };
    return next === 'thousand'
      ? { value: [`${digit}000`], start: at, end: at + 2 }
      : { value: [String(digit)], start: at, end: at + 1 };
  }
  const number = smallNumber(tokens, at);
  if (!number) return undefined;
  const apart = word in tens && number.end === at + 2 ? [`${tens[word]}${number.value % 10}`] : [];
  return { value: [String(number.value), ...apart], start: at, end: number.end };
}
