import type { Coding, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import { extensionOf, extensionsOf, logical, standard, textsOf, voice } from '../extensions.ts';
import { codeOf } from './compile-options.ts';
import { expressionIn, type FhirScope, given, translationsOf } from './decompile-values.ts';

/** The options of an item: listed, of a value set, or worked out. */
export function shortOptions(item: QuestionnaireItem, scope: FhirScope): unknown {
  if (item.answerValueSet !== undefined) return { valueSet: item.answerValueSet };
  const expression = expressionIn(item, logical.answers);
  if (expression !== undefined) return { expression };
  return item.answerOption?.map((option) => shortOption(option, item, scope));
}

function shortOption(
  option: QuestionnaireItemAnswerOption,
  item: QuestionnaireItem,
  scope: FhirScope,
): unknown {
  const {
    valueCoding: coding,
    valueReference: reference,
    valueInteger,
    valueString,
    valueDate,
    valueTime,
  } = option;
  const value = valueInteger ?? valueString ?? valueDate ?? valueTime;
  const score = (extensionOf(coding, standard.ordinalValue) ?? extensionOf(option, standard.ordinalValue))
    ?.valueDecimal;
  const when = toggleOf(option, item);
  const full = given({
    ...(coding ? shortCoding(coding, item, scope) : {}),
    ...(reference ? { say: reference.display, reference: reference.reference } : {}),
    ...(value === undefined ? {} : { value }),
    also: textsOf(option, voice.synonym),
    key: textsOf(option, voice.key)[0],
    score,
    exclusive: extensionOf(option, standard.optionExclusive)?.valueBoolean,
    selected: option.initialSelected === true ? true : undefined,
    caller: textsOf(option, voice.caller)[0],
    when: when === undefined ? undefined : { expression: when },
    translations: translationsOf(coding?._display ?? reference?._display ?? option._valueString),
  });
  const [only, another] = Object.keys(full);
  if (another !== undefined) return full;
  if (only === 'say') return (full as { say: string }).say;
  return only === 'value' && typeof value === 'number' ? value : full;
}

/** Without what the short form makes by itself: a code of the words, a system of the item's own. */
function shortCoding({ code, display, system }: Coding, item: QuestionnaireItem, { url }: FhirScope): object {
  return {
    code: code === codeOf(display ?? '') ? undefined : code,
    say: display,
    system: system === `${url}/options/${item.linkId}` ? undefined : system,
  };
}

function toggleOf(option: QuestionnaireItemAnswerOption, item: QuestionnaireItem): string | undefined {
  const { code } = option.valueCoding ?? {};
  const isOption = (one: QuestionnaireItemAnswerOption) =>
    code === undefined
      ? ['valueString', 'valueInteger', 'valueDate', 'valueTime'].some((name) => {
          const key = name as 'valueString';
          return one[key] !== undefined && one[key] === option[key];
        })
      : one.valueCoding?.code === code;
  return logical.toggle
    .flatMap((url) => extensionsOf(item, url))
    .filter((toggle) => extensionsOf(toggle, 'option').some((one) => isOption(one)))
    .map((toggle) => extensionOf(toggle, 'expression')?.valueExpression?.expression)
    .find((expression) => expression !== undefined);
}
