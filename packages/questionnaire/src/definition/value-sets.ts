import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import type { ListedCode, Terminology } from './terminology.ts';

/** The questionnaire with `answerValueSet` written out as answer options, wherever its codes can be listed. */
export function withValueSets(questionnaire: Questionnaire, terminology: Terminology): Questionnaire {
  const { item } = questionnaire;
  return { ...questionnaire, ...(item ? { item: item.map((one) => expand(one, terminology)) } : {}) };
}

function expand(item: QuestionnaireItem, terminology: Terminology): QuestionnaireItem {
  const children = item.item ? { item: item.item.map((child) => expand(child, terminology)) } : {};
  const codes = item.answerValueSet === undefined ? undefined : terminology.list(item.answerValueSet);
  if (!codes || codes.length === 0) return { ...item, ...children };
  const { answerValueSet: _expanded, ...rest } = item;
  return { ...rest, answerOption: codes.map(asOption), ...children };
}

function asOption({ extension, ...coding }: ListedCode): QuestionnaireItemAnswerOption {
  return { valueCoding: coding, ...(extension ? { extension } : {}) };
}
