import type { Definition } from '@vestibule/questionnaire';
import type { CallLog, CallState } from '@vestibule/record';
import { Consent } from './consent.ts';
import { Conversation } from './conversation.ts';
import type { CourseOptions } from './course.ts';
import type { EndingOptions } from './ending.ts';
import { Intake } from './intake.ts';
import { Resumption } from './resumption.ts';

export interface OpenOptions extends Omit<EndingOptions, 'handedOver'> {
  definition: Definition;
  log: CallLog;
  /** What the log has come to: nothing yet, or what the worker before left. */
  state: CallState;
  /** The caller's day, YYYY-MM-DD. */
  today: string;
  onAlarm?: CourseOptions['onAlarm'];
}

/** The conversation of a call, where its log has brought it. */
export function openConversation({ definition, state, today, ...ending }: OpenOptions) {
  const { log, script } = ending;
  const intake = new Intake(definition, log, today, state.inputs);
  const consent = new Consent(log, script, state.consent);
  const resumption = new Resumption(log, script, intake, state);
  const handedOver = state.handOver;
  const { withoutModel } = state;
  const conversation = new Conversation({ ...ending, intake, consent, resumption, handedOver, withoutModel });
  return { intake, consent, conversation };
}
