import { resolveBound } from '../parse/bounds.ts';
import { displayPhone } from '../speak/displays.ts';
import { spoken } from '../speak/spoken.ts';
import type { AnswerValue, Bound, Item, ParseContext, ProblemCode } from '../types.ts';
import { compare, sameValue } from './compare.ts';
import { patternOf } from './pattern.ts';
import { unitProblem } from './units.ts';

export interface Problem {
  code: ProblemCode;
  problem: string;
}

/** What of the item's rules the value breaks; undefined when it keeps them all. */
export function ruleProblem(item: Item, value: AnswerValue, context: ParseContext): Problem | undefined {
  return (
    rangeProblem(item, value, context) ??
    textProblem(item, value) ??
    placesProblem(item, value) ??
    unitProblem(item, value) ??
    optionProblem(item, value)
  );
}

/** Options of an item that is no choice (a few whole numbers, a few times) are all there is to answer. */
function optionProblem({ type, options }: Item, value: AnswerValue): Problem | undefined {
  if (options.length === 0 || type === 'choice' || type === 'open-choice') return undefined;
  if (options.some((option) => sameValue(option.value, value))) return undefined;
  return { code: 'not-an-option', problem: 'That is not one of the answers.' };
}

function rangeProblem(item: Item, value: AnswerValue, { today }: ParseContext): Problem | undefined {
  const { minimum, maximum } = item.rules;
  const low = minimum === undefined ? undefined : resolveBound(minimum, today);
  if (low !== undefined && (compare(value, low) ?? 0) < 0) return outOfRange(item, low, minimum!, 'least');
  const high = maximum === undefined ? undefined : resolveBound(maximum, today);
  if (high !== undefined && (compare(value, high) ?? 0) > 0) return outOfRange(item, high, maximum!, 'most');
  return undefined;
}

function outOfRange(item: Item, limit: AnswerValue, bound: Bound, side: 'least' | 'most'): Problem {
  const relative = typeof bound === 'object' && 'todayPlus' in bound;
  if (relative && bound.todayPlus === 0) {
    const problem = side === 'most' ? 'That date is in the future.' : 'That date is in the past.';
    return { code: 'out-of-range', problem };
  }
  if (relative && bound.unit === 'year') {
    const years = Math.abs(bound.todayPlus);
    const problem =
      side === 'least'
        ? `That date is more than ${years} years ago.`
        : `That date has to be ${years} years ago or more.`;
    return { code: 'out-of-range', problem };
  }
  const words = spoken(item, limit);
  const problem = side === 'least' ? `It has to be ${words} or more.` : `It has to be ${words} or less.`;
  return { code: 'out-of-range', problem };
}

function textProblem(item: Item, value: AnswerValue): Problem | undefined {
  if (typeof value !== 'string') return undefined;
  const { minLength = 0, maxLength, pattern } = item.rules;
  const ways = waysToWrite(item, value);
  if (maxLength !== undefined && ways.every((way) => way.length > maxLength)) {
    return { code: 'too-long', problem: 'That is longer than I can note down.' };
  }
  if (ways.every((way) => way.length < minLength)) {
    return { code: 'incomplete', problem: 'That is shorter than it has to be.' };
  }
  const form = pattern === undefined ? undefined : patternOf(pattern);
  if (form && !ways.some((way) => form.test(way))) {
    return { code: 'wrong-format', problem: 'That does not have the right form.' };
  }
  return undefined;
}

/** Rules made for a form on a screen may have the digits of a telephone number in mind, or its usual spelling. */
function waysToWrite(item: Item, value: string): string[] {
  const national = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(value);
  if (item.form !== 'phone' || !national) return [value];
  const groups = national.slice(1);
  return [value, groups.join(''), groups.join('-'), displayPhone(value)];
}

function placesProblem(item: Item, value: AnswerValue): Problem | undefined {
  const { maxDecimalPlaces } = item.rules;
  if (maxDecimalPlaces === undefined || typeof value !== 'number') return undefined;
  const places = String(value).split('.')[1]?.length ?? 0;
  return places > maxDecimalPlaces
    ? { code: 'wrong-format', problem: `I need it with no more than ${maxDecimalPlaces} decimal places.` }
    : undefined;
}
