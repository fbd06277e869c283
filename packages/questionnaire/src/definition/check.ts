import { isAskable } from '../engine/catalogue.ts';
import type { Item } from '../types.ts';
import { type Findings } from './from-fhir.ts';
import { type LoadOptions, loadQuestionnaire } from './load.ts';

export interface QuestionnaireCheck extends Findings {
  /** What would be asked; absent when there are faults. */
  summary?: { title: string; version: string; questions: number; required: number; redFlags: number };
}

/** All that is wrong with a questionnaire, and all that would not be followed by telephone; for the command line. */
export function checkQuestionnaire(
  text: string,
  file: string,
  options: LoadOptions = {},
): QuestionnaireCheck {
  const { definition, faults, warnings } = loadQuestionnaire(text, file, options);
  if (!definition) return { faults, warnings };
  const questions = flatten(definition.items).filter(isAskable);
  const { title, version, redFlags } = definition;
  const required = questions.filter((item) => item.required).length;
  return {
    faults,
    warnings,
    summary: { title, version, questions: questions.length, required, redFlags: redFlags.length },
  };
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flatten(item.items)]);
}
