import type { Manifest } from '@vestibule/record';
import { answerText, flatItems, type IntakeResponse, type ResponseItem } from '../response.ts';

export interface IntakeSummary {
  /** Why the person called, in their words; absent when no such item was answered. */
  reason?: string;
  answers: readonly { linkId: string; question: string; answer: string }[];
  redFlags: readonly { id: string; severity: string }[];
  /** The whole as text for a case. */
  text: string;
}

/**
 * A summary without a model: the same record always gives the same one, and it says nothing that was not answered.
 * (One by a model could stand beside it later; staff must be able to tell them apart.)
 */
export function summarise(manifest: Manifest, response: IntakeResponse): IntakeSummary {
  const answered = flatItems(response.item).filter(({ answer = [] }) => answer.length > 0);
  const answers = answered.map((item) => ({
    linkId: item.linkId,
    question: item.text ?? item.linkId,
    answer: textOf(item),
  }));
  const reason = reasonOf(answered);
  const redFlags = manifest.redFlags.map(({ id, severity }) => ({ id, severity }));
  const lines = [
    ...redFlags.map(({ id, severity }) => `RED FLAG (${severity}): ${id}`),
    `Intake ${manifest.questionnaire.id} ${manifest.questionnaire.version}: ${manifest.outcome}, ${manifest.items.answered} of ${manifest.items.asked} questions answered.`,
    ...answers.map(({ question, answer }) => `${question} ${answer}`),
  ];
  return { ...(reason !== undefined && { reason }), answers, redFlags, text: lines.join('\n') };
}

/** The item whose linkId speaks of the reason; else the first answered in free text of three words or more. */
function reasonOf(answered: readonly ResponseItem[]): string | undefined {
  const named = answered.find(({ linkId }) => /reason|complaint|concern/i.test(linkId));
  const free = answered.find(({ answer }) => (answer?.[0]?.valueString ?? '').split(/\s+/).length >= 3);
  const item = named ?? free;
  return item && textOf(item);
}

function textOf({ answer = [] }: ResponseItem): string {
  return answer.map(answerText).join(', ');
}
