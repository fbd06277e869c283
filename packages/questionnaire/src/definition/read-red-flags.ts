import type { Element, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { redFlagLibrary } from '../red-flags/library/index.ts';
import { phraseProblem } from '../red-flags/phrase-pattern.ts';
import type { Condition, ConditionOperator, RedFlag, RedFlagAction, RedFlagSeverity } from '../types.ts';
import { extensionsOf, textsOf, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { readAnswer } from './read-values.ts';

const severities: readonly RedFlagSeverity[] = ['emergency', 'urgent', 'concern'];
const actions: readonly RedFlagAction[] = ['create-case', 'hand-over', 'say'];

/** Every red flag of the questionnaire and of its items. Two with one id are one: rules of both fire it. */
export function readRedFlags(questionnaire: Questionnaire, findings: Findings): RedFlag[] {
  const whole = read(questionnaire, '', undefined, findings);
  return merge([
    ...whole,
    ...(questionnaire.item ?? []).flatMap((item, index) => ofItem(item, `item[${index}]`, findings)),
  ]);
}

function ofItem(item: QuestionnaireItem, path: string, findings: Findings): RedFlag[] {
  return [
    ...read(item, path, item.linkId, findings),
    ...(item.item ?? []).flatMap((child, index) => ofItem(child, `${path}.item[${index}]`, findings)),
  ];
}

function read(element: Element, path: string, linkId: string | undefined, findings: Findings): RedFlag[] {
  return (element.extension ?? []).flatMap((extension, index) => {
    if (extension.url !== voice.redFlag) return [];
    const place = `${path}${path === '' ? '' : '.'}extension[${index}]`;
    const fault = (message: string, remedy?: string) =>
      findings.faults.push({ path: place, message, ...(remedy === undefined ? {} : { remedy }) });
    const use = textsOf(extension, 'use')[0];
    const library = redFlagLibrary.get(use ?? '');
    if (use !== undefined && !library)
      fault(`no red flag "${use}" in the library`, `It has ${[...redFlagLibrary.keys()].join(', ')}`);
    const id = textsOf(extension, 'id')[0] ?? library?.name;
    const severity = severities.find((one) => one === textsOf(extension, 'severity')[0]) ?? library?.severity;
    const action =
      actions.find((one) => one === textsOf(extension, 'action')[0]) ?? library?.action ?? 'create-case';
    const script = textsOf(extension, 'script')[0] ?? library?.script;
    const question = textsOf(extension, 'confirm')[0];
    if (id === undefined || severity === undefined || script === undefined) {
      fault('a red flag needs id, severity (emergency, urgent or concern) and script');
      return [];
    }
    const phrases = textsOf(extension, 'phrase');
    for (const phrase of phrases) {
      const problem = phraseProblem(phrase);
      if (problem !== undefined) fault(`red flag ${id}, phrase "${phrase}": ${problem}`);
    }
    const when = extensionsOf(extension, 'condition').map(readCondition);
    if (phrases.length === 0 && when.length === 0 && !library)
      fault(`red flag ${id} can never fire`, 'Give it phrases or a condition');
    const whenBehavior = textsOf(extension, 'behavior')[0] === 'any' ? 'any' : 'all';
    const owner = linkId === undefined ? {} : { linkId };
    const named = library ? { library: library.name } : {};
    const confirm = question === undefined ? {} : { confirm: question };
    return [{ id, severity, action, script, ...confirm, ...owner, phrases, ...named, when, whenBehavior }];
  });
}

function readCondition(extension: Extension): Condition {
  const answer = extensionsOf(extension, 'answer')[0];
  return {
    linkId: textsOf(extension, 'question')[0] ?? '',
    operator: (textsOf(extension, 'operator')[0] ?? '=') as ConditionOperator,
    answer: (answer && readAnswer(answer, 'value')) ?? true,
  };
}

function merge(flags: readonly RedFlag[]): RedFlag[] {
  const byId = new Map<string, RedFlag>();
  for (const flag of flags) {
    const known = byId.get(flag.id);
    byId.set(
      flag.id,
      known
        ? {
            ...known,
            ...(flag.linkId === undefined ? {} : { linkId: flag.linkId }),
            phrases: [...known.phrases, ...flag.phrases],
            ...(flag.library === undefined ? {} : { library: flag.library }),
            ...(known.when.length === 0 ? { when: flag.when, whenBehavior: flag.whenBehavior } : {}),
          }
        : flag,
    );
  }
  return [...byId.values()];
}
