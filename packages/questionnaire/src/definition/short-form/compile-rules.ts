import type { Extension } from 'fhir/r4.d.ts';
import { standard } from '../extensions.ts';
import { type CompileScope, fhirPathAt, type Keyed, typeOf } from './compile-scope.ts';
import { isExpression, unitCode } from './compile-values.ts';
import type { ShortItem } from './schema-item.ts';
import type { ShortUnit } from './schema-options.ts';

type Bound = NonNullable<NonNullable<ShortItem['validate']>['min']>;
const ucum = 'http://unitsofmeasure.org';

/** `validate` and `unit` as the standard's extensions. */
export function compileRules(item: ShortItem, path: string, scope: CompileScope): Keyed[] {
  const { validate = {}, unit, units = [] } = item;
  const { min, max, past, future, pattern, decimals } = validate;
  const bound = (url: string, value: Bound | undefined, key: string): Keyed[] => {
    const extension =
      value === undefined ? undefined : boundExtension(url, value, item, `${path}.validate.${key}`, scope);
    return extension ? [[`validate.${key}`, extension]] : [];
  };
  return [
    ...bound(standard.minValue, min, 'min'),
    ...bound(standard.maxValue, max, 'max'),
    ...bound(standard.minValue, future ? 'today' : undefined, 'future'),
    ...bound(standard.maxValue, past ? 'today' : undefined, 'past'),
    ...(pattern === undefined
      ? []
      : [['validate.pattern', { url: standard.regex, valueString: pattern }] as const]),
    ...(decimals === undefined
      ? []
      : [['validate.decimals', { url: standard.maxDecimalPlaces, valueInteger: decimals }] as const]),
    ...(unit === undefined ? [] : [['unit', { url: standard.unit, valueCoding: unitCoding(unit) }] as const]),
    ...(Array.isArray(units)
      ? units.map((one): Keyed => ['units', { url: standard.unitOption, valueCoding: unitCoding(one) }])
      : [['units', { url: standard.unitValueSet, valueCanonical: units.valueSet }] as const]),
  ];
}

function unitCoding(unit: ShortUnit): Extension['valueCoding'] {
  if (typeof unit === 'string') return { system: ucum, code: unit };
  const { code, say, system = ucum } = unit;
  return {
    ...(code === undefined ? {} : { system, code }),
    ...(say === undefined ? {} : { display: say }),
  };
}

/** How a bound that is worked out is written in FHIR: `today - 120 years` becomes a calculated value. */
function worked(url: string, type: string, expression: string): Extension {
  const name = { integer: 'Integer', decimal: 'Decimal', time: 'Time', dateTime: 'DateTime' }[type] ?? 'Date';
  const extension = [fhirPathAt(standard.calculatedValue, expression)];
  if (type === 'quantity') return { url, extension: [fhirPathAt(standard.expression, expression)] };
  return { url, [`_value${name}`]: { extension } };
}

/** A bound of the item's type. */
function boundExtension(
  url: string,
  value: Bound,
  item: ShortItem,
  path: string,
  scope: CompileScope,
): Extension | undefined {
  const type = typeOf(item);
  const wrong = (message: string, remedy: string): undefined => {
    scope.faults.push({ path, message, remedy });
  };
  const isNumber = type === 'integer' || type === 'decimal' || type === 'quantity';
  if (!isNumber && type !== 'time' && type !== 'date' && type !== 'dateTime')
    return wrong(`has no meaning for the type ${type}`, 'Remove it, or use maxLength or pattern');
  if (isExpression(value)) return worked(url, type, value.expression);
  if (isNumber) {
    if (typeof value !== 'number') return wrong('is not a number', 'Write a number');
    if (type === 'integer') return { url, valueInteger: value };
    if (type === 'decimal') return { url, valueDecimal: value };
    return { url, valueQuantity: { value, ...unitCode(item) } };
  }
  if (type === 'time') return { url, valueTime: String(value) };
  const relative = /^today(?:\s*([+-])\s*(\d+)\s*(day|week|month|year)s?)?$/.exec(String(value));
  if (relative) {
    const [, sign, count, unit] = relative;
    return worked(url, 'date', sign ? `today() ${sign} ${count} ${unit}s` : 'today()');
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(String(value)))
    return wrong('is not a date', 'Write 2026-01-31, today, or today - 2 weeks');
  return type === 'date' ? { url, valueDate: String(value) } : { url, valueDateTime: String(value) };
}
