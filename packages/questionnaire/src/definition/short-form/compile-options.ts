import type { QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import { logical, standard, voice } from '../extensions.ts';
import {
  type CompileScope,
  extensionsAt,
  fhirPathAt,
  type Keyed,
  listed,
  translatedBy,
  typeOf,
} from './compile-scope.ts';
import type { ShortItem } from './schema-item.ts';
import type { FullOption, ShortOption } from './schema-options.ts';

export function fullOption(option: ShortOption): FullOption {
  if (typeof option === 'number') return { value: option };
  return typeof option === 'string' ? { say: option } : option;
}

/** Code of an option: as written, or its words joined by hyphens. */
export function optionCode(option: ShortOption): string {
  const { code, reference, say = '', value } = fullOption(option);
  if (value !== undefined) return String(value);
  return code ?? reference ?? codeOf(say);
}

export function codeOf(say: string): string {
  return say
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** answerOption or answerValueSet of an item. */
export function compileOptions(
  item: ShortItem,
  path: string,
  scope: CompileScope,
): Pick<QuestionnaireItem, 'answerOption' | 'answerValueSet'> {
  const { options } = item;
  if (options === undefined || 'expression' in options) return {};
  if ('valueSet' in options) return { answerValueSet: options.valueSet };
  return {
    answerOption: options.map((option, index) =>
      compileOption(option, item, `${path}.options[${index}]`, scope),
    ),
  };
}

/** What is said of options beside them: the expression that gives them, those that decide which are offered. */
export function optionExtensions(item: ShortItem, scope: CompileScope): Keyed[] {
  const { options } = item;
  if (options !== undefined && 'expression' in options)
    return [['options', fhirPathAt(logical.answers[0], options.expression)]];
  const byExpression = new Map<string, ShortOption[]>();
  for (const option of listed(item)) {
    const { expression } = fullOption(option).when ?? {};
    if (expression !== undefined)
      byExpression.set(expression, [...(byExpression.get(expression) ?? []), option]);
  }
  return [...byExpression].map(([expression, toggled]) => [
    'options',
    {
      url: logical.toggle[0],
      extension: [
        ...toggled.map((option) => ({ url: 'option', ...optionValue(option, item, scope) })),
        fhirPathAt('expression', expression),
      ],
    },
  ]);
}

function compileOption(
  option: ShortOption,
  item: ShortItem,
  path: string,
  scope: CompileScope,
): QuestionnaireItemAnswerOption {
  const { also = [], key, caller, exclusive, score, say, selected, translations = {} } = fullOption(option);
  const keyed: Keyed[] = [
    ...also.map((words): Keyed => ['also', { url: voice.synonym, valueString: words }]),
    ...(key === undefined ? [] : [['key', { url: voice.key, valueString: key }] as const]),
    ...(caller === undefined ? [] : [['caller', { url: voice.caller, valueCode: caller }] as const]),
    ...(exclusive ? [['exclusive', { url: standard.optionExclusive, valueBoolean: true }] as const] : []),
  ];
  const ordinal = score === undefined ? [] : [{ url: standard.ordinalValue, valueDecimal: score }];
  const value = optionValue(option, item, scope);
  const isCoded = value.valueCoding !== undefined;
  const scored: Keyed[] = isCoded ? [] : ordinal.map((extension): Keyed => ['score', extension]);
  const beside = translatedBy(translations);
  const name = say === undefined ? '_valueString' : '_display';
  const coding = {
    ...(beside && name === '_display' ? { [name]: beside } : {}),
    ...(ordinal.length > 0 ? { extension: ordinal } : {}),
  };
  return {
    ...extensionsAt(path, [...keyed, ...scored], scope),
    ...value,
    ...(isCoded ? { valueCoding: { ...value.valueCoding, ...coding } } : {}),
    ...(value.valueReference && beside
      ? { valueReference: { ...value.valueReference, _display: beside } }
      : {}),
    ...(value.valueString !== undefined && beside ? { _valueString: beside } : {}),
    ...(selected ? { initialSelected: true } : {}),
  };
}

/** The `value[x]` alone. */
export function optionValue(
  option: ShortOption,
  item: ShortItem,
  scope: CompileScope,
): Pick<
  QuestionnaireItemAnswerOption,
  'valueCoding' | 'valueString' | 'valueInteger' | 'valueDate' | 'valueTime' | 'valueReference'
> {
  const { value, reference, say, system } = fullOption(option);
  if (typeof value === 'number') return { valueInteger: value };
  if (value !== undefined) {
    const type = typeOf(item);
    return type === 'date'
      ? { valueDate: value }
      : type === 'time'
        ? { valueTime: value }
        : { valueString: value };
  }
  if (reference !== undefined) return { valueReference: { reference, display: say! } };
  return {
    valueCoding: {
      system: system ?? `${scope.url}/options/${item.id}`,
      code: optionCode(option),
      display: say!,
    },
  };
}

/** Texts of an item's question: `text`, `ask`, and what each is in other languages. */
export function questionTexts(item: ShortItem): Record<'text' | 'ask', Record<string, string | undefined>> {
  const text: Record<string, string | undefined> = {};
  const ask: Record<string, string | undefined> = {};
  const isOne = item.text === undefined || item.ask === undefined || item.text === item.ask;
  for (const [lang, given] of Object.entries(item.translations ?? {})) {
    const plain = typeof given === 'string';
    ask[lang] = plain ? given : given.ask;
    text[lang] = isOne ? (plain ? given : (given.text ?? given.ask)) : plain ? undefined : given.text;
  }
  return { text, ask };
}

/** Another text of the item by language. */
export function otherTexts(
  item: ShortItem,
  key: 'askProxy' | 'why' | 'entryFormat',
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(item.translations ?? {}).map(([lang, given]) => [
      lang,
      typeof given === 'string' ? undefined : given[key],
    ]),
  );
}

export function retryTexts(item: ShortItem, index: number): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(item.translations ?? {}).map(([lang, given]) => [
      lang,
      typeof given === 'string' ? undefined : given.retry?.[index],
    ]),
  );
}
