import type { Definition } from '@vestibule/questionnaire';
import type { CallLog, CallState } from '@vestibule/record';
import type { Calling } from '../call-back/calling.ts';
import { CallBackTalk } from '../call-back/talk.ts';
import { Consent } from './consent.ts';
import { Conversation } from './conversation.ts';
import type { CourseOptions } from './course.ts';
import type { EndingOptions } from './ending.ts';
import { Intake } from './intake.ts';
import { patientFound } from './looked-up.ts';
import { Resumption } from './resumption.ts';

export interface OpenOptions extends Omit<EndingOptions, 'handedOver'> {
  definition: Definition;
  log: CallLog;
  /** What the log has come to: nothing yet, or what the worker before left. */
  state: CallState;
  /** The caller's day, YYYY-MM-DD. */
  today: string;
  onAlarm?: CourseOptions['onAlarm'];
  beganAt?: CourseOptions['beganAt'];
  calling?: Calling | undefined;
}

/** The conversation of a call, where its log has brought it. */
export function openConversation({ definition, state, today, calling, ...ending }: OpenOptions) {
  const { log, script } = ending;
  const intake = new Intake(definition, log, today, state.inputs);
  const consent = new Consent(log, script, state.consent);
  const resumption = new Resumption(log, script, intake, state);
  const words = script.callBack;
  const callBack =
    calling &&
    new CallBackTalk({ ...{ calling, log, words, consent, resumption, state, today }, definition });
  const { handOver: handedOver, withoutModel } = state;
  // What was used already is in the intake's state.
  const patient = intake.state.context?.['patient'] === undefined ? patientFound(state) : undefined;
  const conversation = new Conversation({
    ...{ ...ending, intake, consent, resumption, callBack },
    ...{ handedOver, withoutModel, patient },
  });
  return { intake, consent, conversation };
}
