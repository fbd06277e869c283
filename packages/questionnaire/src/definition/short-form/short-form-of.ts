import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import { stringify } from 'yaml';
import { extensionOf, extensionsOf, logical, standard, voice } from '../extensions.ts';
import { schemaFaults } from '../schema-faults.ts';
import { compileShortForm } from './compile.ts';
import { shortItem } from './decompile-item.ts';
import { shortRedFlag } from './decompile-red-flags.ts';
import { checksOf, given, scopeOf, translationsOf, variablesOf } from './decompile-values.ts';
import { differences, type Uncovered } from './differences.ts';
import { shortForm } from './schema.ts';

export type { Uncovered };

export interface ShortFormOf {
  /** YAML. */
  text: string;
  /** What of the questionnaire the text does not say, or says in another way; nothing, where it compiles to the same. */
  uncovered: Uncovered[];
}

/**
 * A FHIR Questionnaire as the YAML short form, as far as that covers it. What it does not cover is found by compiling the
 * text again, so that nothing is lost unseen.
 */
export function shortFormOf(questionnaire: Questionnaire): ShortFormOf {
  const scope = scopeOf(questionnaire);
  const { id, url, version, title } = questionnaire;
  const form = given({
    id,
    title: title ?? questionnaire.name ?? id,
    version,
    url,
    description: questionnaire.description,
    copyright: questionnaire.copyright,
    codes: questionnaire.code,
    attempts: extensionOf(questionnaire, voice.attempts)?.valueInteger,
    identify: extensionOf(questionnaire, voice.identify)?.valueInteger,
    launchContext: logical.launch
      .flatMap((one) => extensionsOf(questionnaire, one))
      .map((launch) => extensionOf(launch, 'name')?.valueCoding?.code),
    variables: variablesOf(questionnaire),
    checks: checksOf(questionnaire, id ?? ''),
    translations: translationsOf(questionnaire._title),
    items: (questionnaire.item ?? []).map((item) => shortItem(item, scope)),
    redFlags: extensionsOf(questionnaire, voice.redFlag).map((extension) => shortRedFlag(extension, scope)),
  });
  const text = stringify(form, { lineWidth: 110, aliasDuplicateObjects: false });
  const parsed = shortForm.safeParse(form, { reportInput: true });
  if (!parsed.success) {
    const uncovered = schemaFaults(parsed.error).map(({ path, message }) => ({
      path: path.replaceAll(/\bitems\b/g, 'item'),
      reason: message,
    }));
    return { text, uncovered };
  }
  const compiled = compileShortForm(parsed.data);
  const faults = compiled.faults.map(({ path, message }) => ({ path, reason: message }));
  return {
    text,
    uncovered: [...faults, ...differences(scoredOnCodings(questionnaire), compiled.questionnaire)],
  };
}

/** R4 lets a score stand at an option or at its coding; the short form writes it there. */
function scoredOnCodings(questionnaire: Questionnaire): Questionnaire {
  const moved = (item: QuestionnaireItem): QuestionnaireItem => ({
    ...item,
    ...(item.answerOption ? { answerOption: item.answerOption.map(scoredOnCoding) } : {}),
    ...(item.item ? { item: item.item.map(moved) } : {}),
  });
  return { ...questionnaire, ...(questionnaire.item ? { item: questionnaire.item.map(moved) } : {}) };
}

function scoredOnCoding(option: QuestionnaireItemAnswerOption): QuestionnaireItemAnswerOption {
  const { valueCoding, extension = [], ...rest } = option;
  const score = extension.find(({ url }) => url === standard.ordinalValue);
  if (!valueCoding || !score) return option;
  const others = extension.filter((one) => one !== score);
  return {
    ...rest,
    ...(others.length > 0 ? { extension: others } : {}),
    valueCoding: { ...valueCoding, extension: [score, ...(valueCoding.extension ?? [])] },
  };
}
