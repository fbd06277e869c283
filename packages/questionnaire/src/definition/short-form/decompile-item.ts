import type { Extension, QuestionnaireItem } from 'fhir/r4.d.ts';
import {
  extensionOf,
  extensionsOf,
  logical,
  standard,
  subQuestionnaire,
  textsOf,
  voice,
} from '../extensions.ts';
import { boundExpression } from '../read-values.ts';
import { typeOf } from './compile-scope.ts';
import { shortItemRedFlag } from './decompile-red-flags.ts';
import { shortOptions } from './decompile-options.ts';
import {
  checksOf,
  expressionIn,
  type FhirScope,
  given,
  shortConditions,
  shortValue,
  translationsOf,
  variablesOf,
} from './decompile-values.ts';
import type { ShortItem } from './schema-item.ts';

/** One item in the short form, as far as that has words for it. */
export function shortItem(item: QuestionnaireItem, scope: FhirScope): object {
  const options = shortOptions(item, scope);
  const truth = (url: string) => extensionOf(item, url)?.valueBoolean;
  const code = (url: string) => textsOf(item, url)[0];
  const module = extensionOf(item, subQuestionnaire)?.valueCanonical;
  const whenExpression = expressionIn(item, logical.enableWhen);
  const made = given({
    id: item.linkId,
    label: item.prefix,
    module,
    prefix: module === undefined ? undefined : prefixOf(item),
    ...wordsOf(item, options !== undefined),
    askProxy: code(voice.promptProxy),
    type: item.type,
    form: code(voice.form),
    codes: item.code,
    options,
    required: item.required || undefined,
    repeats: repeatsOf(item),
    when:
      whenExpression === undefined
        ? shortConditions(item.enableWhen, item.enableBehavior, scope)
        : { expression: whenExpression },
    calculate: expressionIn(item, logical.calculated),
    variables: variablesOf(item),
    checks: checksOf(item, item.linkId),
    validate: rulesOf(item),
    ...unitsOf(item),
    entryFormat: code(standard.entryFormat),
    readBack: code(voice.readBack),
    sensitive: truth(voice.sensitive),
    hidden: truth(standard.hidden) || undefined,
    readOnly: item.readOnly || undefined,
    why: code(voice.why),
    retry: textsOf(item, voice.retry),
    ...listeningOf(item),
    initial: initialOf(item),
    redFlag: shortItemRedFlag(item, scope),
    translations: itemTranslations(item),
    items: item.item?.map((child) => shortItem(child, scope)),
  });
  const { type, ...untyped } = made;
  return typeOf(untyped as unknown as ShortItem) === type ? untyped : made;
}

/** Who answers, and how they are listened to. */
function listeningOf(item: QuestionnaireItem): object {
  const code = (url: string) => textsOf(item, url)[0];
  const patience = extensionOf(item, voice.patience);
  return {
    answeredBy: code(voice.answeredBy),
    caller: code(voice.caller),
    identifier: extensionOf(item, voice.identifier)?.valueBoolean,
    hints: given({ words: textsOf(item, voice.word), expect: code(voice.expect) }),
    keypad: code(voice.keypad),
    patience: patience?.valueInteger ?? patience?.valueCode,
  };
}

/** `ask` where it is said otherwise than it is shown, or where the short form would add what is not there. */
function wordsOf(
  item: QuestionnaireItem,
  hasOptions: boolean,
): { ask?: string | undefined; text?: string | undefined } {
  const { text, type } = item;
  const spoken = textsOf(item, voice.prompt)[0];
  if (spoken !== undefined) return hasOptions && spoken === text ? { ask: spoken } : { ask: spoken, text };
  return hasOptions || type === 'group' || type === 'display' ? { text } : { ask: text };
}

function prefixOf(item: QuestionnaireItem): string | undefined {
  const variable = logical.variable
    .flatMap((url) => extensionsOf(item, url))
    .find(({ valueExpression }) => valueExpression?.name === 'linkIdPrefix');
  return /^'(.*)'$/.exec(variable?.valueExpression?.expression ?? '')?.[1];
}

function repeatsOf(item: QuestionnaireItem): boolean | object | undefined {
  const min = extensionOf(item, standard.minOccurs)?.valueInteger;
  const max = extensionOf(item, standard.maxOccurs)?.valueInteger;
  if (min === undefined && max === undefined) return item.repeats || undefined;
  return given({ min, max });
}

function initialOf(item: QuestionnaireItem): unknown {
  const expression = expressionIn(item, logical.initial);
  if (expression !== undefined) return { expression };
  const values = item.initial?.map((initial) => shortValue(initial, 'value', item));
  return values?.length === 1 ? values[0] : values;
}

function rulesOf(item: QuestionnaireItem): object {
  const [low, high] = [standard.minValue, standard.maxValue].map((url) => boundOf(extensionOf(item, url)));
  return given({
    min: low === 'today' ? undefined : low,
    max: high === 'today' ? undefined : high,
    future: low === 'today' || undefined,
    past: high === 'today' || undefined,
    maxLength: item.maxLength,
    pattern: extensionOf(item, standard.regex)?.valueString,
    decimals: extensionOf(item, standard.maxDecimalPlaces)?.valueInteger,
  });
}

function boundOf(extension: Extension | undefined): unknown {
  if (!extension) return undefined;
  const expression = boundExpression(extension);
  if (expression === undefined) return shortValue(extension, 'value', undefined);
  const relative = /^today\(\)(?: ([+-] \d+ (?:day|week|month|year)s))?$/.exec(expression);
  if (!relative || extension._valueDate === undefined) return { expression };
  return relative[1] === undefined ? 'today' : `today ${relative[1]}`;
}

function unitsOf(item: QuestionnaireItem): { unit: unknown; units: unknown } {
  const set = extensionOf(item, standard.unitValueSet)?.valueCanonical;
  const listed = extensionsOf(item, standard.unitOption).map(shortUnit);
  return {
    unit: shortUnit(extensionOf(item, standard.unit)),
    units: set === undefined ? listed : { valueSet: set },
  };
}

function shortUnit(extension: Extension | undefined): unknown {
  const { system, code, display } = extension?.valueCoding ?? {};
  const isUcum = system === 'http://unitsofmeasure.org';
  if (isUcum && display === undefined) return code;
  const full = given({ code, say: display, system: isUcum ? undefined : system });
  return Object.keys(full).length > 0 ? full : undefined;
}

/** The texts of an item in other languages, by language; a plain text where the question is all there is. */
function itemTranslations(item: QuestionnaireItem): object {
  const by: Record<string, Record<string, unknown>> = {};
  const note = (key: string, texts: Record<string, unknown>) => {
    for (const [lang, text] of Object.entries(texts)) (by[lang] ??= {})[key] = text;
  };
  const prompt = extensionOf(item, voice.prompt);
  const beside = (url: string) => translationsOf(extensionOf(item, url)?._valueString);
  const spoken = prompt ? translationsOf(prompt._valueString) : {};
  note(prompt === undefined ? 'ask' : 'text', translationsOf(item._text));
  note('ask', spoken);
  note('askProxy', beside(voice.promptProxy));
  note('why', beside(voice.why));
  note('entryFormat', beside(standard.entryFormat));
  const retries = extensionsOf(item, voice.retry).map(({ _valueString }) => translationsOf(_valueString));
  for (const lang of Object.keys(retries[0] ?? {}))
    note('retry', { [lang]: retries.flatMap((texts) => texts[lang] ?? []) });
  return Object.fromEntries(Object.entries(by).map(([lang, texts]) => [lang, plainer(texts, item)]));
}

function plainer(texts: Record<string, unknown>, item: QuestionnaireItem): unknown {
  const isOne = textsOf(item, voice.prompt)[0] === item.text && item.answerOption !== undefined;
  const { ask, text, ...rest } = texts;
  const merged = isOne && ask === text ? given({ ask, ...rest }) : texts;
  const [only, another] = Object.keys(merged);
  return only === 'ask' && another === undefined ? ask : merged;
}
