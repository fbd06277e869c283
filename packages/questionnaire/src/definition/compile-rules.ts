import type { Extension, QuestionnaireItem, QuestionnaireItemInitial } from 'fhir/r4.d.ts';
import { answerOf, type CompileScope, typeOf } from './compile.ts';
import { standard } from './extensions.ts';
import type { ShortItem } from './yaml-schema.ts';

type Scalar = string | number | boolean;

/** `validate` and `unit` as the standard's extensions. */
export function compileRules(item: ShortItem, path: string, scope: CompileScope): Extension[] {
  const { validate = {}, unit } = item;
  const { min, max, past, future, pattern, decimals } = validate;
  const bound = (url: string, value: Scalar, key: string) =>
    boundExtension(url, value, item, `${path}.validate.${key}`, scope);
  return [
    ...(min === undefined ? [] : bound(standard.minValue, min, 'min')),
    ...(max === undefined ? [] : bound(standard.maxValue, max, 'max')),
    ...(future ? bound(standard.minValue, 'today', 'future') : []),
    ...(past ? bound(standard.maxValue, 'today', 'past') : []),
    ...(pattern === undefined ? [] : [{ url: standard.regex, valueString: pattern }]),
    ...(decimals === undefined ? [] : [{ url: standard.maxDecimalPlaces, valueInteger: decimals }]),
    ...(unit === undefined
      ? []
      : [{ url: standard.unit, valueCoding: { system: 'http://unitsofmeasure.org', code: unit } }]),
  ];
}

/** A bound of the item's type; `today - 120 years` becomes a calculated value in FHIRPath. */
function boundExtension(
  url: string,
  value: Scalar,
  item: ShortItem,
  path: string,
  scope: CompileScope,
): Extension[] {
  const type = typeOf(item);
  const wrong = (message: string, remedy: string): Extension[] => {
    scope.faults.push({ path, message, remedy });
    return [];
  };
  if (type === 'integer' || type === 'decimal' || type === 'quantity') {
    if (typeof value !== 'number') return wrong('is not a number', 'Write a number');
    if (type === 'integer') return [{ url, valueInteger: value }];
    if (type === 'decimal') return [{ url, valueDecimal: value }];
    return [{ url, valueQuantity: { value, ...(item.unit ? { code: item.unit } : {}) } }];
  }
  if (type === 'time') return [{ url, valueTime: String(value) }];
  if (type !== 'date' && type !== 'dateTime') {
    return wrong(`has no meaning for the type ${type}`, 'Remove it, or use maxLength or pattern');
  }
  const relative = /^today(?:\s*([+-])\s*(\d+)\s*(day|week|month|year)s?)?$/.exec(String(value));
  if (relative) {
    const [, sign, count, unit] = relative;
    const expression = sign ? `today() ${sign} ${count} ${unit}s` : 'today()';
    const calculated = {
      url: standard.calculatedValue,
      valueExpression: { language: 'text/fhirpath' as const, expression },
    };
    return [{ url, _valueDate: { extension: [calculated] } }];
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(String(value))) {
    return wrong('is not a date', 'Write 2026-01-31, today, or today - 2 weeks');
  }
  return type === 'date' ? [{ url, valueDate: String(value) }] : [{ url, valueDateTime: String(value) }];
}

/** `initial` as FHIR's initial[]; its value[x] is the enableWhen answer[x] of the same type. */
export function compileInitial(
  item: ShortItem,
  path: string,
  scope: CompileScope,
): Pick<QuestionnaireItem, 'initial'> {
  const answer = answerOf(item.id, item.initial!, `${path}.initial`, scope);
  const initial = Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key.replace('answer', 'value'), value]),
  ) as QuestionnaireItemInitial;
  return { initial: [initial] };
}
