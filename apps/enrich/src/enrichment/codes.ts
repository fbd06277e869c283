import type { KnownQuestionnaire } from '../questionnaires.ts';
import { answerText, type Coding, flatItems, type IntakeResponse } from '../response.ts';

/** What was answered, as a code: an option's coding, or a quantity's unit. */
export interface ExtractedCode {
  linkId: string;
  system?: string;
  code: string;
  display?: string;
  /** Of an option with an ordinalValue, such as PHQ-2's: what scores are summed from. */
  score?: number;
  /** Of a quantity, in the unit that `system` and `code` name. */
  value?: number;
}

/** What was asked, in the questionnaire's own codes (such as LOINC), with the answer as a person would write it. */
export interface QuestionCode {
  linkId: string;
  system?: string;
  code: string;
  display?: string;
  answer: string;
}

/** Every coding that was chosen. Free text is not coded here: that needs a terminology, which is not ours to guess. */
export function extractCodes(response: IntakeResponse, questionnaire?: KnownQuestionnaire): ExtractedCode[] {
  return flatItems(response.item).flatMap(({ linkId, answer = [] }) =>
    answer.flatMap(({ valueCoding, valueQuantity }) => {
      const score = questionnaire?.scores.get(`${linkId} ${valueCoding?.code}`);
      const { value } = valueQuantity ?? {};
      return codesIn([valueCoding, valueQuantity]).map((coding) => ({
        linkId,
        ...coding,
        ...(score !== undefined && { score }),
        ...(value !== undefined && { value }),
      }));
    }),
  );
}

export function questionCodes(response: IntakeResponse, questionnaire?: KnownQuestionnaire): QuestionCode[] {
  return flatItems(response.item).flatMap(({ linkId, answer = [] }) => {
    const given = answer.flatMap((one) => answerText(one) ?? []).join(', ');
    if (given === '') return [];
    return codesIn(questionnaire?.itemCodes.get(linkId) ?? []).map((coding) => ({
      linkId,
      ...coding,
      answer: given,
    }));
  });
}

const codesIn = (codings: readonly (Coding | undefined)[]) =>
  codings.flatMap((coding) => {
    if (coding?.code === undefined) return [];
    const { system, code, display } = coding;
    return [{ code, ...(system !== undefined && { system }), ...(display !== undefined && { display }) }];
  });
