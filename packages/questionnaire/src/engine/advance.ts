import type {
  Definition,
  Input,
  IntakeEvent,
  IntakeStart,
  IntakeState,
  ParseContext,
  Step,
} from '../types.ts';
import { giveInitial } from './begin.ts';
import { noteCaller } from './caller.ts';
import { brokenBy, noteBroken } from './constraints.ts';
import { Draft } from './draft.ts';
import { takeFlagAnswer } from './flag-question.ts';
import { withdrawContext } from './identity.ts';
import { currentStep, tellingsBefore } from './steps.ts';
import { askAgain, type Heard, itemOf, type Said, take, takeContext } from './take.ts';
import { type Moment, momentOf, workOut } from './work-out.ts';

/**
 * The state of a call that has just begun, and its first step. Initial values are answers; they are still to be
 * confirmed where the item has its values read back. A context that may not be used before the patient is identified is not
 * taken; `events` say so.
 */
export function startIntake(
  definition: Definition,
  { today, context, caller }: IntakeStart = {},
): { state: IntakeState; step: Step; events: IntakeEvent[] } {
  const { url, version } = definition;
  const state: IntakeState = {
    version: 1,
    questionnaire: { url, version },
    items: {},
    failures: {},
    told: [],
    asked: [],
    dropped: [],
    flagged: [],
  };
  const draft = new Draft(definition, { ...state, ...(caller ? { caller } : {}) });
  if (context) takeContext(draft, context);
  giveInitial(draft, momentOf(today));
  noteCaller(draft, state);
  return { state: draft.state, step: currentStep(definition, draft.state), events: draft.events };
}

/**
 * One input, one new state, the next step, and what happened. Pure: the same arguments give the same result, and
 * `state` is not changed. `now.today` is the caller's day, `YYYY-MM-DD`.
 */
export function advance(
  definition: Definition,
  state: IntakeState,
  input: Input,
  now: ParseContext,
): { state: IntakeState; step: Step; events: IntakeEvent[] } {
  const before = currentStep(definition, state);
  const moment = momentOf(now.today);
  const draft = isHeard(input)
    ? begun(definition, state, input)
    : taken(definition, state, input, now, moment);
  if (!isHeard(input)) draft.examineAnswers();
  const step = currentStep(definition, draft.state);
  if (!isHeard(input)) noteBroken(draft, moment, step.kind === 'complete');
  if (isNewHandOver(step, before, draft)) draft.events.push({ ...step, kind: 'handedOver' });
  if (step.kind === 'complete' && before.kind !== 'complete') draft.events.push({ kind: 'completed' });
  return { state: draft.state, step, events: draft.events };
}

const isHeard = (input: Input): input is Heard => input.kind === 'heard' || input.kind === 'flag';

/** One that the state does not hold: somebody else is on the line than the one who is needed now. */
function isNewHandOver(
  step: Step,
  before: Step,
  { state }: Draft,
): step is Extract<Step, { kind: 'handOver' }> {
  return step.kind === 'handOver' && before.kind !== 'handOver' && state.handOver === undefined;
}

function begun(definition: Definition, state: IntakeState, input: Input): Draft {
  const draft = new Draft(definition, state);
  const evidence = 'evidence' in input ? input.evidence : undefined;
  const partial = input.kind === 'heard' ? input.partial : evidence?.partial;
  if (input.words !== undefined) draft.hear(input.words, partial ?? false);
  if (input.kind === 'flag') draft.report(input.id, input.words, input.ask);
  if (isHeard(input)) return draft;
  takeFlagAnswer(draft, state, input);
  noteAsked(draft, currentStep(definition, state));
  delete draft.state.cause;
  return draft;
}

/** The input taken; an answer that breaks a constraint is not, and is asked for again. */
function taken(
  definition: Definition,
  state: IntakeState,
  input: Said,
  now: ParseContext,
  moment: Moment,
): Draft {
  const step = currentStep(definition, state);
  const draft = begun(definition, state, input);
  take(draft, step, input, now, moment);
  follow(draft, state, moment);
  const broken = brokenBy(state, draft, moment);
  if (!broken) return draft;
  const again = begun(definition, state, input);
  if (step.kind === 'readBack' && step.linkId === broken.linkId) again.reject(broken.linkId);
  askAgain(again, step, itemOf(again, broken.linkId)!, broken.problem);
  follow(again, state, moment);
  return again;
}

/** What follows from the answers: who is on the line, whether looked-up values may stand, what expressions say. */
function follow(draft: Draft, before: IntakeState, moment: Moment): void {
  noteCaller(draft, before);
  withdrawContext(draft);
  workOut(draft, moment);
}

/** The step that was put has been said by now: its question, and what came before it. */
function noteAsked(draft: Draft, step: Step): void {
  if ((step.kind !== 'ask' && step.kind !== 'readBack') || ('flag' in step && step.flag !== undefined))
    return;
  const { state, definition } = draft;
  if (!state.asked.includes(step.linkId)) state.asked.push(step.linkId);
  if (step.kind === 'ask')
    state.told.push(...tellingsBefore(definition, state, step.linkId).map((one) => one.linkId));
}
