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
import { brokenBy, noteBroken } from './constraints.ts';
import { Draft } from './draft.ts';
import { currentStep, tellingsBefore } from './steps.ts';
import { askAgain, itemOf, type Said, take } from './take.ts';
import { type Moment, momentOf, workOut } from './work-out.ts';

/**
 * The state of a call that has just begun, and its first step. Initial values are answers; they are still to be
 * confirmed where the item has its values read back.
 */
export function startIntake(
  definition: Definition,
  { today, context }: IntakeStart = {},
): { state: IntakeState; step: Step } {
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
  const draft = new Draft(definition, { ...state, ...(context ? { context: { ...context } } : {}) });
  giveInitial(draft, momentOf(today));
  return { state: draft.state, step: currentStep(definition, draft.state) };
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
  const draft =
    input.kind === 'heard' ? begun(definition, state, input) : taken(definition, state, input, now, moment);
  if (input.kind !== 'heard') draft.examineAnswers();
  const step = currentStep(definition, draft.state);
  if (input.kind !== 'heard') noteBroken(draft, moment, step.kind === 'complete');
  if (step.kind === 'complete' && before.kind !== 'complete') draft.events.push({ kind: 'completed' });
  return { state: draft.state, step, events: draft.events };
}

function begun(definition: Definition, state: IntakeState, input: Input): Draft {
  const draft = new Draft(definition, state);
  if (input.words !== undefined) draft.hear(input.words);
  if (input.kind === 'heard') return draft;
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
  workOut(draft, moment);
  const broken = brokenBy(state, draft, moment);
  if (!broken) return draft;
  const again = begun(definition, state, input);
  if (step.kind === 'readBack' && step.linkId === broken.linkId) again.reject(broken.linkId);
  askAgain(again, step, itemOf(again, broken.linkId)!, broken.problem);
  workOut(again, moment);
  return again;
}

/** The step that was put has been said by now: its question, and what came before it. */
function noteAsked(draft: Draft, step: Step): void {
  if (step.kind !== 'ask' && step.kind !== 'readBack') return;
  const { state, definition } = draft;
  if (!state.asked.includes(step.linkId)) state.asked.push(step.linkId);
  if (step.kind === 'ask')
    state.told.push(...tellingsBefore(definition, state, step.linkId).map((one) => one.linkId));
}
