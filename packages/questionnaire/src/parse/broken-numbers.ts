import { cardinal, digitOf, scales, smallNumber } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const fractions: Readonly<Record<string, number>> = { half: 0.5, quarter: 0.25, tenth: 0.1 };

/** A number that may be broken: "seven point five", "point oh five", "two and a quarter", "half", "minus four", "7.5". */
export function decimalNumber(tokens: readonly Token[], start: number): Match<number> | undefined {
  const word = tokens[start]?.word ?? '';
  if (word === 'minus' || word === 'negative') {
    const rest = decimalNumber(tokens, start + 1);
    return rest && { value: -rest.value, start, end: rest.end };
  }
  const bare = countedOnce.test(word) ? fractionAfter(tokens, start + 1) : undefined;
  if (bare) return { value: 1 + bare.value, start, end: bare.end };
  if (isPoint(tokens[start])) return pointed(tokens, { value: 0, start, end: start });
  const whole =
    cardinal(tokens, start) ??
    (digitOf(word) === 0 && isPoint(tokens[start + 1]) ? { value: 0, start, end: start + 1 } : undefined);
  const fraction = fractionAt(tokens, start);
  if (fraction && (!whole || fraction.end > whole.end)) return fraction;
  if (!whole) return undefined;
  if (isPoint(tokens[whole.end])) return pointed(tokens, whole);
  const more = fractionAfter(tokens, whole.end);
  return more ? { value: whole.value + more.value, start, end: more.end } : whole;
}

/** "Pack and a half": one, without its article. */
const countedOnce = /^(?:pack|cup|glass|bottle|tablet|pill|mile|dollar|buck|pound|degree|point|block)$/;

/** "And a half". */
function fractionAfter(tokens: readonly Token[], at: number): Match<number> | undefined {
  return tokens[at]?.word === 'and' ? fractionAt(tokens, at + 1) : undefined;
}

/** "half", "a quarter", "three quarters", "a tenth". */
export function fractionAt(tokens: readonly Token[], start: number): Match<number> | undefined {
  const article = /^(?:a|an)$/.test(tokens[start]?.word ?? '') ? 1 : 0;
  const one = fractions[tokens[start + article]?.word ?? ''];
  if (one !== undefined) return { value: one, start, end: start + article + 1 };
  const count = digitOf(tokens[start]?.word);
  const several = /^(?:quarter|tenth)s$/.exec(tokens[start + 1]?.word ?? '')?.[0];
  if (count === undefined || several === undefined) return undefined;
  return { value: times(count, fractions[several.slice(0, -1)]!), start, end: start + 2 };
}

function times(count: number, part: number): number {
  return Number((count * part).toFixed(4));
}

/** "point five" after a whole number; undefined when no digit follows. */
function pointed(tokens: readonly Token[], whole: Match<number>): Match<number> | undefined {
  const first = whole.end + 1;
  const digits = digitsFrom(tokens, first);
  const tail = digits ?? pairFrom(tokens, first);
  if (!tail) return undefined;
  const value = Number(`${whole.value}.${tail.value}`);
  const scale = scales[tokens[tail.end]?.word ?? ''];
  return scale === undefined
    ? { value, start: whole.start, end: tail.end }
    : { value: times(value, scale), start: whole.start, end: tail.end + 1 };
}

function digitsFrom(tokens: readonly Token[], start: number): Match<string> | undefined {
  let at = start;
  let value = '';
  for (;;) {
    const digit = digitOf(tokens[at]?.word);
    if (digit === undefined) break;
    value += digit;
    at += 1;
  }
  return value === '' ? undefined : { value, start, end: at };
}

function pairFrom(tokens: readonly Token[], at: number): Match<string> | undefined {
  const word = tokens[at]?.word ?? '';
  if (/^\d+$/.test(word)) return { value: word, start: at, end: at + 1 };
  const pair = smallNumber(tokens, at);
  return pair && { value: String(pair.value), start: at, end: pair.end };
}

export function isPoint(token: Token | undefined): boolean {
  return token?.word === 'point' || token?.word === 'dot';
}
