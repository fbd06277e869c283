import type { Extension, QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { extensionOf, extensionsOf, textsOf, voice } from '../extensions.ts';
import { type FhirScope, given, shortConditions, shortValue, translationsOf } from './decompile-values.ts';

/** A red flag of the questionnaire. */
export function shortRedFlag(extension: Extension, scope: FhirScope): object {
  const { id, ...alarm } = alarmOf(extension);
  const behavior = textsOf(extension, 'behavior')[0];
  const own = id !== undefined && id === alarm.use ? {} : { id };
  return given({
    ...own,
    ...alarm,
    when: shortConditions(conditionsOf(extension), behavior, scope),
  });
}

/** The red flag of an item: it fires on one answer of that item, or under conditions. */
export function shortItemRedFlag(item: QuestionnaireItem, scope: FhirScope): object | undefined {
  const extension = extensionOf(item, voice.redFlag);
  if (!extension) return undefined;
  const { id, ...alarm } = alarmOf(extension);
  const conditions = conditionsOf(extension);
  const behavior = textsOf(extension, 'behavior')[0];
  const [only, another] = conditions;
  const isOwn = only?.question === item.linkId && only.operator === '=' && another === undefined;
  return given({
    ...(id === item.linkId ? {} : { id }),
    ...alarm,
    ...(isOwn && behavior === undefined
      ? { is: shortValue(only, 'answer', item) }
      : { when: shortConditions(conditions, behavior, scope) }),
  });
}

function alarmOf(extension: Extension) {
  const [script, confirm] = ['script', 'confirm'].map((part) => extensionOf(extension, part));
  const action = textsOf(extension, 'action')[0];
  const use = textsOf(extension, 'use')[0];
  return {
    id: textsOf(extension, 'id')[0],
    use,
    severity: textsOf(extension, 'severity')[0],
    action: use === undefined && action === 'create-case' ? undefined : action,
    script: script?.valueString,
    confirm: confirm?.valueString,
    phrases: textsOf(extension, 'phrase'),
    translations: inLanguages(translationsOf(script?._valueString), translationsOf(confirm?._valueString)),
  };
}

function inLanguages(scripts: Record<string, string>, questions: Record<string, string>): object {
  const languages = [...new Set([...Object.keys(scripts), ...Object.keys(questions)])];
  return Object.fromEntries(
    languages.map((one) => [
      one,
      questions[one] === undefined ? scripts[one] : given({ script: scripts[one], confirm: questions[one] }),
    ]),
  );
}

function conditionsOf(extension: Extension): QuestionnaireItemEnableWhen[] {
  return extensionsOf(extension, 'condition').map((condition) => {
    const { url: _answer, ...value } = extensionOf(condition, 'answer') ?? { url: '' };
    const answer = Object.fromEntries(
      Object.entries(value).map(([name, one]): [string, unknown] => [name.replace('value', 'answer'), one]),
    );
    return {
      question: textsOf(condition, 'question')[0] ?? '',
      operator: (textsOf(condition, 'operator')[0] ?? '=') as QuestionnaireItemEnableWhen['operator'],
      ...answer,
    };
  });
}
