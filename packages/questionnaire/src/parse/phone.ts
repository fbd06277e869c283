import type { ParsedAnswer } from '../types.ts';
import { displayPhone } from '../speak/displays.ts';
import { answered, refused, type Refused } from './answered.ts';
import { digitsAt } from './digits.ts';
import { isCorrecting, isTakenBack } from './taken-back.ts';
import { type Match, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  'number phone cell mobile home work telephone callback call back reach at on area code me best then and dash hyphen dot space plus country us for you can',
);
/** May stand inside a number without ending it. */
const inside = wordSet('area code then and dash hyphen dot space the um number');

/** A row of digits, in each way it may be written down. */
interface Run extends Match<string[]> {
  repaired: string[];
}

/** A North American number (ten digits, or eleven from 1), or any other when written with "+"; as `+15550100123`. */
export function parsePhone(words: string): ParsedAnswer {
  const tokens = tokenize(words.replace(/[()]/g, ' ').replace(/(?<=\d)[-.\s](?=\d)/g, ' '));
  const runs = acrossRemarks(tokens, mended(tokens, digitRuns(tokens)));
  const whole = runs.flatMap((run) => {
    const numbers = new Set(run.value.map(northAmerican).filter((number) => number !== undefined));
    return [...numbers].map((value) => ({ ...run, value }));
  });
  const current =
    whole.length > 1 && corrects(tokens, whole.at(-2)!, whole.at(-1)!) ? whole.slice(-1) : whole;
  const distinct = new Set(current.map((match) => match.value));
  if (distinct.size > 1) return refused('ambiguous', 'I heard more than one number.');
  const found = current[0];
  if (!found) return shortcoming(runs);
  if (isTakenBack(tokens, [found]) || isOpen(tokens, runs, found))
    return refused('ambiguous', 'I could not tell which number you mean.');
  const corrected = runs.length > 1 && found !== whole[0];
  const { value, repaired } = found;
  const matches = corrected ? runs : whole;
  return answered(value, displayPhone(value), {
    tokens,
    matches,
    match: found,
    carriers,
    corrected,
    repaired,
  });
}

/** A number said twice in a row is one number. */
function northAmerican(said: string): string | undefined {
  const digits = /^(\d{10,11})\1$/.exec(said)?.[1] ?? said;
  if (/^\+[1-9]\d{7,14}$/.test(digits) && !digits.startsWith('+1')) return digits;
  const match = /^\+?1?([2-9]\d{9})$/.exec(digits);
  return match ? `+1${match[1]}` : undefined;
}

function shortcoming(runs: readonly Run[]): Refused {
  const longest = Math.max(
    0,
    ...runs.flatMap((run) => run.value.map((digits) => digits.replace('+', '').length)),
  );
  if (longest < 4) return refused('not-understood', 'I could not make out a phone number.');
  if (longest === 7) return refused('incomplete', 'I need the area code as well.');
  if (longest < 10) return refused('incomplete', `I heard only ${longest} digits.`);
  if (longest === 10) return refused('wrong-format', 'That is not a phone number I can call.');
  return refused('wrong-format', `I heard ${longest} digits, which is too many.`);
}

/** Digits beside the number that are none of an extension: "… or four three". */
function isOpen(tokens: readonly Token[], runs: readonly Run[], found: Match<unknown>): boolean {
  return runs.some(
    (run) => run.start >= found.end && tokens.slice(found.end, run.start).some(({ word }) => word === 'or'),
  );
}

function corrects(tokens: readonly Token[], before: Match<unknown>, after: Match<unknown>): boolean {
  return tokens.slice(before.end, after.start).some((_, at) => isCorrecting(tokens, before.end + at));
}

/** "… oh one three, wait, oh one three six": what follows a correction takes the place of the end of the number before it. */
function mended(tokens: readonly Token[], runs: readonly Run[]): Run[] {
  return runs.reduce<Run[]>((done, run) => {
    const before = done.at(-1);
    if (!before || !corrects(tokens, before, run) || run.value.some((digits) => digits.length >= 10))
      return [...done, run];
    const value = before.value.flatMap((old) =>
      run.value.flatMap((digits) => {
        const kept = 10 - digits.length;
        const dropped = old.length - kept;
        return kept > 0 && dropped > 0 && dropped <= digits.length ? [old.slice(0, kept) + digits] : [];
      }),
    );
    if (value.length === 0) return [...done, run];
    const repaired = [...before.repaired, ...run.repaired];
    return [...done.slice(0, -1), { value, start: before.start, end: run.end, repaired }];
  }, []);
}

const longestRemark = 5;

/** "Eight one three, that's Tampa, five five five, oh one five nine": ten digits in all, with a remark among them. */
function acrossRemarks(tokens: readonly Token[], runs: readonly Run[]): Run[] {
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last || runs.length < 2) return [...runs];
  const apart = runs.some((run, index) => {
    const before = runs[index - 1];
    const between = before ? tokens.slice(before.end, run.start) : [];
    return between.length > longestRemark || between.some(({ word }) => open.has(word));
  });
  const digits = runs.map(({ value }) => value[0]!).join('');
  if (apart || !/^1?[2-9]\d{9}$/.test(digits)) return [...runs];
  const remarks = runs.flatMap((run, index) =>
    tokens
      .slice(runs[index - 1]?.end ?? run.start, run.start)
      .map(({ word }) => word)
      .filter((word) => !inside.has(word)),
  );
  return [{ value: [digits], start: first.start, end: last.end, repaired: remarks }];
}

const open = wordSet('or no not sorry wait extension ext actually mean');

function digitRuns(tokens: readonly Token[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < tokens.length;) {
    const run = runAt(tokens, at);
    if (run) runs.push(run);
    at = run ? run.end : at + 1;
  }
  return runs;
}

const mostReadings = 16;
/** Words heard for digits, among digits only; "for" may be the word. */
const misheard: Readonly<Record<string, readonly string[]>> = {
  ate: ['8'],
  owe: ['0'],
  nein: ['9'],
  fore: ['4'],
  sex: ['6'],
  tree: ['3'],
  fife: ['5'],
  for: ['4', ''],
};

function runAt(tokens: readonly Token[], start: number): Run | undefined {
  let readings = [''];
  let end = start;
  const repaired: string[] = [];
  for (let at = start; at < tokens.length;) {
    const piece = digitsAt(tokens, at) ?? misheardAt(tokens, at, end > start);
    if (piece) {
      const { word } = tokens[at]!;
      if (misheard[word]) repaired.push(word);
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
  return end > start ? { value: readings, start, end, repaired } : undefined;
}

function misheardAt(tokens: readonly Token[], at: number, within: boolean): Match<string[]> | undefined {
  const digits = misheard[tokens[at]!.word];
  const followed = tokens[at + 1] !== undefined && digitsAt(tokens, at + 1) !== undefined;
  if (!digits || !(within || (followed && digits.length === 1))) return undefined;
  return within || followed ? { value: [...digits], start: at, end: at + 1 } : undefined;
}
