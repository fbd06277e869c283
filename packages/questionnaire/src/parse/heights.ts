import { decimalNumber } from './broken-numbers.ts';
import { cardinal, digitOf } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

/** "five eleven", "5 11", `5'11"`: feet and inches, where a length in them is asked for; in inches. */
export function bareHeightAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const written = /^([3-7])'(\d{1,2})$/.exec(tokens[at]?.word ?? '');
  const feet = written ? Number(written[1]) : digitOf(tokens[at]?.word);
  const inches = written
    ? { value: Number(written[2]), end: at + 1 }
    : digitOf(tokens[at + 1]?.word) === 0
      ? (cardinal(tokens, at + 2) ?? { value: 0, end: at + 2 })
      : decimalNumber(tokens, at + 1);
  if (feet === undefined || feet < 3 || feet > 7 || !inches || inches.value >= 12) return undefined;
  if (digitOf(tokens[inches.end]?.word) !== undefined && !tokens[inches.end - 1]!.pause) return undefined;
  const named = /^(?:inch|inches)$/.test(tokens[inches.end]?.word ?? '') ? 1 : 0;
  return { value: feet * 12 + inches.value, start: at, end: inches.end + named };
}

/** "foot eleven", "feet and two inches" after a number of feet: the inches. */
export function inchesAfter(tokens: readonly Token[], at: number): Match<number> | undefined {
  const start = tokens[at]?.word === 'and' ? at + 1 : at;
  const number = decimalNumber(tokens, start);
  if (!number || number.value >= 12) return undefined;
  const named = /^(?:inch|inches)$/.test(tokens[number.end]?.word ?? '');
  return { ...number, end: number.end + (named ? 1 : 0) };
}

/** "Five foot ten, no, eleven": the inches that a correction brings, and where they end. */
export function correctedInches(tokens: readonly Token[], height: Match<number>): Match<number> | undefined {
  for (let at = height.end; at < Math.min(tokens.length, height.end + 5); at++) {
    if (!/^(?:no|sorry|wait|mean|actually|make)$/.test(tokens[at]!.word)) continue;
    const next = tokens.findIndex((_, index) => index > at && decimalNumber(tokens, index) !== undefined);
    const inches = next < 0 ? undefined : inchesAfter(tokens, next);
    const whole =
      inches && /^(?:foot|feet|ft|pounds?|'|cm|centimeters?|meters?)$/.test(tokens[inches.end]?.word ?? '');
    if (!inches || whole || digitOf(tokens[inches.end]?.word) !== undefined) return undefined;
    return { value: Math.floor(height.value / 12) * 12 + inches.value, start: height.start, end: inches.end };
  }
  return undefined;
}
