import type { Coding, Element, Extension, Quantity, QuestionnaireItem, Reference } from 'fhir/r4.d.ts';
import { patternOf } from '../engine/pattern.ts';
import type { AnswerRules, AnswerValue, Bound, QuantityValue } from '../types.ts';
import { extensionOf, extensionsOf, placeOf, standard } from './extensions.ts';
import type { Findings } from './from-fhir.ts';

/** The `value[x]` (or `answer[x]`) of an element as an answer value; undefined when it has none that is understood. */
export function readAnswer(element: object, prefix: 'value' | 'answer'): AnswerValue | undefined {
  const member = element as Record<string, unknown>;
  const of = (type: string) => member[`${prefix}${type}`];
  const coding = of('Coding') as Coding | undefined;
  if (coding) return readCoding(coding);
  const quantity = of('Quantity') as Quantity | undefined;
  if (quantity) return readQuantity(quantity);
  const reference = of('Reference') as Reference | undefined;
  if (reference) return readCoding({ code: reference.reference, display: reference.display });
  for (const type of ['Boolean', 'Integer', 'Decimal', 'Date', 'DateTime', 'Time', 'String', 'Uri', 'Code']) {
    const value = of(type);
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  }
  return undefined;
}

function readCoding({ system, code, display }: Coding): AnswerValue {
  const known = code ?? display ?? '';
  return { ...(system === undefined ? {} : { system }), code: known, display: display ?? known };
}

function readQuantity({ value, unit, system, code }: Quantity): QuantityValue {
  return {
    value: value ?? 0,
    ...(unit === undefined ? {} : { unit }),
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
  };
}

export function readUnit(source: QuestionnaireItem): QuantityValue | undefined {
  const coding = extensionOf(source, standard.unit)?.valueCoding;
  if (!coding) return undefined;
  const { system, code, display } = coding;
  return { ...readQuantity({ value: 0, system, code }), unit: display ?? code ?? '' };
}

export function readUnits(source: QuestionnaireItem): QuantityValue[] {
  return extensionsOf(source, standard.unitOption).flatMap(({ valueCoding }) => {
    if (!valueCoding) return [];
    const { system, code, display } = valueCoding;
    return [{ ...readQuantity({ value: 0, system, code }), unit: display ?? code ?? '' }];
  });
}

/** maxLength, regex, minValue, maxValue and maxDecimalPlaces of an item. */
export function readRules(source: QuestionnaireItem, path: string, findings: Findings): AnswerRules {
  const bound = (...urls: string[]) => {
    const url = urls.find((one) => extensionOf(source, one)) ?? urls[0]!;
    return readBound(extensionOf(source, url), placeOf(source, path, url), findings);
  };
  const minimum = bound(standard.minValue, standard.minQuantity);
  const maximum = bound(standard.maxValue, standard.maxQuantity);
  const minLength = extensionOf(source, standard.minLength)?.valueInteger;
  const pattern = extensionOf(source, standard.regex)?.valueString;
  const places = extensionOf(source, standard.maxDecimalPlaces)?.valueInteger;
  if (pattern !== undefined && !patternOf(pattern)) {
    findings.faults.push({
      path: placeOf(source, path, standard.regex),
      message: 'regex is not a regular expression',
    });
  }
  return {
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(source.maxLength === undefined ? {} : { maxLength: source.maxLength }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(pattern === undefined || !patternOf(pattern) ? {} : { pattern }),
    ...(places === undefined ? {} : { maxDecimalPlaces: places }),
  };
}

/** The FHIRPath of a bound that is worked out: on the value, or beside it. */
export function boundExpression(extension: Extension | undefined): string | undefined {
  const carriers = Object.entries(extension ?? {})
    .filter(([name]) => name.startsWith('_value'))
    .map(([, carrier]) => carrier as Element);
  return [...carriers, extension]
    .flatMap((carrier) => [
      extensionOf(carrier, standard.calculatedValue)?.valueExpression?.expression,
      extensionOf(carrier, standard.expression)?.valueExpression?.expression,
    ])
    .find((one) => one !== undefined);
}

/** A fixed bound, or one counted from the day of the call; others that are worked out are part of the item's logic. */
function readBound(extension: Extension | undefined, place: string, findings: Findings): Bound | undefined {
  if (!extension) return undefined;
  const expression = boundExpression(extension);
  const fixed = readAnswer(extension, 'value');
  if (expression === undefined && fixed !== undefined) return fixed;
  if (expression !== undefined && !isFromToday(expression)) return fixed;
  const match = fromToday.exec(expression?.trim() ?? '');
  if (!match) {
    findings.faults.push({
      path: place,
      message: 'a minValue or maxValue that is neither a value nor counted from today()',
      remedy: 'Give a value, or an expression such as today() - 120 years',
    });
    return undefined;
  }
  const [, sign = '+', count = '0', unit = 'day'] = match;
  return { todayPlus: Number(`${sign}${count}`) || 0, unit: unit as 'day' | 'week' | 'month' | 'year' };
}

const fromToday = /^today\(\)(?:\s*([+-])\s*(\d+)\s*'?(day|week|month|year)s?'?)?$/;

export function isFromToday(expression: string): boolean {
  return fromToday.test(expression.trim());
}
