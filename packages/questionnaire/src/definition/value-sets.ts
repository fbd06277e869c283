import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import { extensionOf, standard } from './extensions.ts';
import type { ListedCode, Terminology } from './terminology.ts';

/** The questionnaire with `answerValueSet` written out as answer options, wherever its codes can be listed. */
export function withValueSets(questionnaire: Questionnaire, terminology: Terminology): Questionnaire {
  const { item } = questionnaire;
  return { ...questionnaire, ...(item ? { item: item.map((one) => expand(one, terminology)) } : {}) };
}

function expand(given: QuestionnaireItem, terminology: Terminology): QuestionnaireItem {
  const item = withUnits(given, terminology);
  const children = item.item ? { item: item.item.map((child) => expand(child, terminology)) } : {};
  const codes = item.answerValueSet === undefined ? undefined : terminology.list(item.answerValueSet);
  if (!codes || codes.length === 0) return { ...item, ...children };
  const { answerValueSet: _expanded, ...rest } = item;
  return { ...rest, answerOption: codes.map(asOption), ...children };
}

/** The units of a value set, one by one, as questionnaire-unitOption has them. */
function withUnits(item: QuestionnaireItem, terminology: Terminology): QuestionnaireItem {
  const set = extensionOf(item, standard.unitValueSet)?.valueCanonical;
  const units = set === undefined ? undefined : terminology.list(set);
  if (!units || units.length === 0) return item;
  const others = item.extension!.filter(({ url }) => url !== standard.unitValueSet);
  const listed = units.map(({ extension: _extension, ...valueCoding }) => ({
    url: standard.unitOption,
    valueCoding,
  }));
  return { ...item, extension: [...others, ...listed] };
}

function asOption({ extension, ...coding }: ListedCode): QuestionnaireItemAnswerOption {
  return { valueCoding: coding, ...(extension ? { extension } : {}) };
}
