import type { Manifest } from '@vestibule/record';
import {
  absence,
  answerText,
  flatItems,
  notAsked,
  type IntakeResponse,
  type ResponseItem,
} from '../response.ts';
import type { ReviewedFlag } from './red-flags.ts';

export interface IntakeSummary {
  /** Why the person called, in their words; absent when no such item was answered. */
  reason?: string;
  /** Where they can be reached, E.164; absent when no item gave it. */
  callBackNumber?: string;
  answers: readonly AnsweredItem[];
  /** Questions without an answer, and why. */
  open: readonly { linkId: string; question: string; why: string }[];
  redFlags: readonly { id: string; severity: string }[];
  /** The whole as text for a case. */
  text: string;
}

export interface AnsweredItem {
  linkId: string;
  question: string;
  answer: string;
}

/**
 * A summary without a model: the same record always gives the same one, and it says nothing that was not answered.
 * (One by a model could stand beside it later; staff must be able to tell them apart.)
 */
export function summarise(
  manifest: Manifest,
  response: IntakeResponse,
  flags: readonly ReviewedFlag[],
): IntakeSummary {
  const items = flatItems(response.item);
  const answers = items.flatMap(answeredItem);
  const open = items.flatMap(openItem);
  const reason = reasonOf(answers);
  const callBackNumber = numberOf(answers);
  const redFlags = flags.map(({ id, severity }) => ({ id, severity }));
  const { questionnaire, outcome, items: counts } = manifest;
  const unasked = open.filter(({ why }) => why === notAsked).length;
  const lines = [
    ...flags.map(flagLine),
    `Intake ${questionnaire.id} ${questionnaire.version}: ${outcome}, ${counts.answered} of ${counts.asked} questions answered.`,
    ...answers.map(({ question, answer }) => `${question} ${answer}`),
    ...open.filter(({ why }) => why !== notAsked).map(({ question, why }) => `${question} (${why})`),
    ...(unasked > 0 ? [`${unasked} not asked.`] : []),
  ];
  return {
    ...(reason !== undefined && { reason }),
    ...(callBackNumber !== undefined && { callBackNumber }),
    answers,
    open,
    redFlags,
    text: lines.join('\n'),
  };
}

/** Staff read the text: what has not reached anybody yet says so. */
function flagLine({ id, severity, lane, staff }: ReviewedFlag): string {
  if (lane === 'review') return `POSSIBLE RED FLAG (${severity}), found after the call: ${id}`;
  return `RED FLAG (${severity}): ${id}${staff === 'not-told' ? ', staff were not told during the call' : ''}`;
}

function answeredItem({ linkId, text, answer = [] }: ResponseItem): AnsweredItem[] {
  const given = answer.flatMap((one) => answerText(one) ?? []);
  return given.length === 0 ? [] : [{ linkId, question: text ?? linkId, answer: given.join(', ') }];
}

function openItem(item: ResponseItem): { linkId: string; question: string; why: string }[] {
  if (answeredItem(item).length > 0) return [];
  const why = (item.answer ?? []).flatMap((one) => absence(one) ?? [])[0];
  return why === undefined ? [] : [{ linkId: item.linkId, question: item.text ?? item.linkId, why }];
}

/** The item whose linkId speaks of the reason: any other would be a guess, and may be somebody's name. */
function reasonOf(answers: readonly AnsweredItem[]): string | undefined {
  return answers.find(({ linkId }) => /reason|complaint|concern/i.test(linkId))?.answer;
}

function numberOf(answers: readonly AnsweredItem[]): string | undefined {
  const e164 = /^\+[1-9][0-9]{6,14}$/;
  return answers.find(({ linkId, answer }) => /phone|number|call-?back/i.test(linkId) && e164.test(answer))
    ?.answer;
}
