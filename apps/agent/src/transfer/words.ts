import type { Config, StaffReason } from '@vestibule/config';
import type { AnswerRow } from '@vestibule/questionnaire';
import type { TransferOutcome, Notice, Whisper } from './types.ts';

const because: Readonly<Record<StaffReason, string>> = {
  emergency: 'The caller said something that may be an emergency.',
  urgent: 'The caller said something urgent.',
  concern: 'The caller said something that staff should hear of.',
  'wants-person': 'The caller asked for a person.',
  'no-usable-answer': 'The assistant could not understand an answer.',
  'patient-only': 'Somebody calls for the patient, who is not there to answer what only they may answer.',
  'no-model': 'The assistant cannot go on by itself.',
};

/** A person listens to so many answers before they want to speak to the caller themselves. */
const mostAnswers = 6;

export interface Summary {
  need: StaffReason;
  /** Ids of the red flags that fired. */
  redFlags: readonly string[];
  rows: readonly AnswerRow[];
}

/** What staff hear before they take a call. */
export function whisperWords(
  whisper: Whisper,
  { organisation }: Pick<Config, 'organisation'>,
  summary: Summary,
): string {
  switch (whisper) {
    case 'screen':
      return `This is the automated assistant of ${organisation.name}, with a caller who needs a person. To hear about the call, press 1 or say yes. To decline, press 3.`;
    case 'summary':
      return `${summaryWords(summary)} To take the call, press 1 or say yes. To hear this again, press 2. To decline, press 3.`;
    case 'caller-gone':
      return 'The caller has hung up. Thank you. Goodbye.';
  }
}

function summaryWords({ need, redFlags, rows }: Summary): string {
  const known = rows.filter(({ status, answer }) => status === 'answered' && answer !== '');
  return [
    because[need],
    ...redFlags.map((id) => `Flagged: ${id.replaceAll(/[-_]+/g, ' ')}.`),
    ...known.slice(0, mostAnswers).map(({ question, answer }) => `${closed(question)} ${closed(answer)}`),
  ].join(' ');
}

/** With a mark at its end, so that it is spoken as a sentence of its own. */
const closed = (text: string) => (/[.?!]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** What the caller hears while they are being connected. */
export const notices: Readonly<Record<Notice, string>> = {
  comfort: 'I am still trying to reach a person for you. Please stay on the line.',
  next: 'I could not reach them. I am trying somebody else. Please stay on the line.',
};

/** The last words of a call that was to be given to a person; none when nobody is there to hear them. */
export function lastWords(
  outcome: TransferOutcome,
  { organisation, staff }: Pick<Config, 'organisation' | 'staff'>,
  need: StaffReason,
): string | undefined {
  const { name, person } = organisation;
  if (outcome === 'joined') return 'You are connected now. I leave you to it.';
  const goodbye = `You have been speaking with an automated assistant of ${name}. Goodbye.`;
  if (outcome === 'left')
    return `Our staff have left the call. If there is more, please call ${person}. ${goodbye}`;
  if (outcome !== 'exhausted') return undefined;
  const lines = staff?.whenExhausted;
  const line = need === 'emergency' || need === 'urgent' ? lines?.[need] : lines?.otherwise;
  return `I am sorry, I could not reach anybody just now. I have left word for our staff. ${line ?? ''} You can also call ${person}. ${goodbye}`;
}
