import { decimalNumber } from './broken-numbers.ts';
import { digitOf } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

const temperature = /\b(?:temperature|fever|temp)\b/i;

export function asksTemperature(question: string): boolean {
  return temperature.test(question);
}

/** "Ninety eight six", "ninety nine nine", "one oh two four": degrees with a tenth behind. */
export function degreesAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const whole = decimalNumber(tokens, at);
  if (!whole || !isBodily(whole.value)) return undefined;
  const tenth = digitOf(tokens[whole.end]?.word);
  if (tenth === undefined || digitOf(tokens[whole.end + 1]?.word) !== undefined) return undefined;
  return { value: Number(`${whole.value}.${tenth}`), start: at, end: whole.end + 1 };
}

function isBodily(degrees: number): boolean {
  return Number.isInteger(degrees) && ((degrees >= 34 && degrees <= 43) || (degrees >= 93 && degrees <= 109));
}
