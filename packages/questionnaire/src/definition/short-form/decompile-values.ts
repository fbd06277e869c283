import type { Questionnaire, QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { extensionOf, extensionsOf, logical, textsOf, translation } from '../extensions.ts';
import { checkId } from './compile-logic.ts';
import { comparisonWords } from './compile-values.ts';
import type { ShortComparison, ShortValue } from './schema-parts.ts';

/** What making the short form of one item needs to know of the others. */
export interface FhirScope {
  url: string;
  items: ReadonlyMap<string, QuestionnaireItem>;
}

export function scopeOf({ url = '', item = [] }: Questionnaire): FhirScope {
  const flatten = (items: readonly QuestionnaireItem[]): QuestionnaireItem[] =>
    items.flatMap((one) => [one, ...flatten(one.item ?? [])]);
  return { url, items: new Map(flatten(item).map((one) => [one.linkId, one])) };
}

/** Members that have a value, in that order; the others are left out of the short form. */
export function given<T extends object>(members: T): Partial<T> {
  const filled = Object.entries(members).filter(([, value]) => {
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.length > 0;
    return typeof value !== 'object' || value === null || Object.keys(value as object).length > 0;
  });
  return Object.fromEntries(filled) as Partial<T>;
}

export function shortConditions(
  conditions: readonly QuestionnaireItemEnableWhen[] | undefined,
  behavior: string | undefined,
  scope: FhirScope,
): object | undefined {
  const all = (conditions ?? []).map((condition) => shortCondition(condition, scope));
  if (all.length === 0) return undefined;
  if (behavior === 'any') return { any: all };
  return behavior === 'all' || all.length > 1 ? { all } : all[0];
}

function shortCondition(condition: QuestionnaireItemEnableWhen, scope: FhirScope): ShortComparison {
  const { question, operator, answerBoolean } = condition;
  if (operator === 'exists') return { item: question, answered: answerBoolean ?? true };
  const word = comparisonWords[operator] ?? 'is';
  return { item: question, [word]: shortValue(condition, 'answer', scope.items.get(question)) };
}

/** A `value[x]` or `answer[x]` as a plain value; the code of an option that is listed with it. */
export function shortValue(
  element: object,
  prefix: 'value' | 'answer',
  item: QuestionnaireItem | undefined,
): ShortValue | undefined {
  const found = Object.entries(element).find(([name]) => name.startsWith(prefix));
  if (!found) return undefined;
  const [name, value] = found as [string, unknown];
  if (name.endsWith('Coding')) {
    const coding = value as { code?: string; system?: string; display?: string };
    const option = item?.answerOption?.find(({ valueCoding: one }) => one?.code === coding.code)?.valueCoding;
    const isListed = option !== undefined && option.system === coding.system;
    if (isListed && coding.display === undefined && coding.code !== undefined) return coding.code;
    return given(coding) as ShortValue;
  }
  if (name.endsWith('Reference')) return (value as { reference?: string }).reference;
  if (name.endsWith('Quantity')) return (value as { value?: number }).value;
  return value as ShortValue;
}

/** The texts beside a primitive, by language. */
export function translationsOf(beside: object | undefined): Record<string, string> {
  return Object.fromEntries(
    extensionsOf(beside, translation).flatMap((extension): [string, string][] => {
      const lang = extensionOf(extension, 'lang')?.valueCode;
      const content = textsOf(extension, 'content')[0];
      return lang === undefined || content === undefined ? [] : [[lang, content]];
    }),
  );
}

/** The FHIRPath of the first extension with one of those urls. */
export function expressionIn(element: object, urls: readonly string[]): string | undefined {
  return urls
    .flatMap((url) => extensionsOf(element, url))
    .map(({ valueExpression }) => valueExpression?.expression)
    .find((expression) => expression !== undefined);
}

export function variablesOf(element: object): Record<string, string> {
  return Object.fromEntries(
    extensionsOf(element, logical.variable[0]).flatMap(({ valueExpression }): [string, string][] => {
      const { name, expression } = valueExpression ?? {};
      return name === undefined || expression === undefined || name === 'linkIdPrefix'
        ? []
        : [[name, expression]];
    }),
  );
}

export function checksOf(element: object, owner: string): object[] {
  return logical.constraint
    .flatMap((url) => extensionsOf(element, url))
    .map((extension, index) => {
      const human = extensionOf(extension, 'human');
      const key = extensionOf(extension, 'key')?.valueId;
      const level = extensionOf(extension, 'severity')?.valueCode;
      return given({
        must: extensionOf(extension, 'expression')?.valueString,
        say: human?.valueString,
        level: level === 'error' ? undefined : level,
        id: key === checkId(owner, index) ? undefined : key,
        translations: translationsOf(human?._valueString),
      });
    });
}
