import { decimalNumber } from './broken-numbers.ts';
import { cardinal, digitOf, smallNumber } from './numbers.ts';
import { stem } from './option-words.ts';
import { type Match, type Token, tokenize } from './tokens.ts';

/** What the question of a number tells of how it is said. */
export interface Measure {
  money: boolean;
  meters: boolean;
  /** A laboratory value: "six eight" is 6.8. */
  tenths: boolean;
  /** What is counted, as stems: "a mile" is one mile. */
  counted: ReadonlySet<string>;
}

const units =
  /^(?:packs?|miles?|hours?|tablets?|pills?|milligrams?|glass(?:es)?|cups?|beers?|drinks?|blocks?|pounds?|days?|weeks?|times?)$/;

export function measureOf(question: string): Measure {
  const nouns = tokenize(question).map(({ word }) => word);
  return {
    money: /\b(?:dollars?|copay|cost|price|pay|paid|amount due|income|\$)\b/i.test(question),
    meters: /\b(?:meters|metres)\b/i.test(question),
    tenths: /\b(?:a1c|inr|ha?emoglobin|creatinine|potassium|psa|tsh|ph)\b/i.test(question),
    counted: new Set(nouns.filter((word) => units.test(word)).map(stem)),
  };
}

/** A number as it is said for that measure: "twelve dollars and fifty cents", "one meter sixty five", "a mile". */
export function measuredAt(
  tokens: readonly Token[],
  at: number,
  measure: Measure,
): Match<number> | undefined {
  return (
    (measure.money ? moneyAt(tokens, at) : undefined) ??
    (measure.meters ? metersAt(tokens, at) : undefined) ??
    (measure.tenths ? tenthsAt(tokens, at) : undefined) ??
    oneAt(tokens, at, measure)
  );
}

const dollar = /^(?:dollars?|bucks?)$/;

function moneyAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const article = /^(?:a|an)$/.test(tokens[at]?.word ?? '') && dollar.test(tokens[at + 1]?.word ?? '');
  const amount = article ? { value: 1, start: at, end: at + 1 } : decimalNumber(tokens, at);
  if (!amount) return undefined;
  const next = tokens[amount.end]?.word ?? '';
  if (/^cents?$/.test(next)) return { value: amount.value / 100, start: at, end: amount.end + 1 };
  if (!dollar.test(next)) return shortMoney(tokens, at, amount);
  const more = tokens[amount.end + 1]?.word === 'and' ? amount.end + 2 : amount.end + 1;
  const cents = smallNumber(tokens, more) ?? cardinal(tokens, more);
  if (!cents || cents.value > 99 || cents.value < 5) return { ...amount, end: amount.end + 1 };
  const end = /^cents?$/.test(tokens[cents.end]?.word ?? '') ? cents.end + 1 : cents.end;
  return { value: amount.value + cents.value / 100, start: at, end };
}

/** "Twelve fifty" is 12.50. */
function shortMoney(tokens: readonly Token[], at: number, amount: Match<number>): Match<number> | undefined {
  const head = smallNumber(tokens, at);
  const cents = head && smallNumber(tokens, head.end);
  if (!head || !cents || cents.end !== amount.end || cents.value % 5 > 0) return undefined;
  return { value: head.value + cents.value / 100, start: at, end: cents.end };
}

/** "One sixty five", "one meter sixty five", "a meter eighty". */
function metersAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const named = /^(?:meters?|metres?)$/.test(tokens[at + 1]?.word ?? '') ? at + 2 : undefined;
  const one = /^(?:a|one|1|two|2)$/.test(tokens[at]?.word ?? '');
  const more = named !== undefined && one ? cardinal(tokens, named) : undefined;
  if (more && more.value < 100 && more.value > 2) {
    const meters = /^(?:two|2)$/.test(tokens[at]!.word) ? 2 : 1;
    return { value: meters + more.value / 100, start: at, end: more.end };
  }
  const whole = cardinal(tokens, at);
  return whole && whole.value >= 120 && whole.value <= 250
    ? { ...whole, value: whole.value / 100 }
    : undefined;
}

/** "Thirteen two", and no other digit after it. */
function tenthsAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const whole = smallNumber(tokens, at);
  const tenth = whole ? digitOf(tokens[whole.end]?.word) : undefined;
  if (!whole || tenth === undefined || tokens[whole.end - 1]!.pause) return undefined;
  if (digitOf(tokens[whole.end + 1]?.word) !== undefined || digitOf(tokens[at - 1]?.word) !== undefined)
    return undefined;
  return { value: Number(`${whole.value}.${tenth}`), start: at, end: whole.end + 1 };
}

/** "A mile", "couple miles" where miles are asked for; "a pack a day". */
function oneAt(tokens: readonly Token[], at: number, { counted }: Measure): Match<number> | undefined {
  const [word = '', next = '', then = ''] = tokens.slice(at, at + 3).map((token) => token.word);
  const isCounted = (noun: string) => counted.has(stem(noun));
  if (word === 'couple' && (isCounted(next) || isCounted(then))) return { value: 2, start: at, end: at + 1 };
  if (!/^(?:a|an)$/.test(word) || !isCounted(next) || then === 'and') return undefined;
  // "Three times a day": what it is counted by.
  const before = tokens[at - 1]?.word ?? '';
  return before === 'of' || units.test(before) || decimalNumber(tokens, at - 1)
    ? undefined
    : { value: 1, start: at, end: at + 2 };
}
