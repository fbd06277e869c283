import type { Definition, Input, IntakeEvent, IntakeState, Item, ParseContext, Step } from '../types.ts';
import { isNone, parseChoices } from '../parse/choices.ts';
import { parseYesNo } from '../parse/yes-no.ts';
import { intentOf, knowsIt, whatIsIt } from '../parse/intent.ts';
import { isAlarming, reassuring } from './alarm.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { answerReadBack } from './confirm.ts';
import { Draft } from './draft.ts';
import { currentStep, tellingsBefore } from './steps.ts';
import { needsReadBack, understand } from './understand.ts';
import type { Problem } from './validate.ts';

/** The state of a call that has just begun, and its first step. Initial values are answers still to be confirmed. */
export function startIntake(definition: Definition): { state: IntakeState; step: Step } {
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
  for (const { item } of catalogueOf(definition).ordered) {
    if (item.initial.length === 0) continue;
    const display = item.initial.map((value) => displayOf(value)).join('; ');
    state.items[item.linkId] = {
      status: 'answered',
      values: [...item.initial],
      display,
      confirmed: !isAskable(item),
    };
  }
  return { state, step: currentStep(definition, state) };
}

function displayOf(value: Item['initial'][number]): string {
  if (typeof value !== 'object') return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
  return 'display' in value ? value.display : [value.value, value.unit].join(' ').trim();
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
  const draft = new Draft(definition, state);
  if (input.words !== undefined) draft.hear(input.words);
  if (input.kind !== 'heard') {
    noteAsked(draft, before);
    delete draft.state.cause;
    take(draft, before, input, now);
    draft.examineAnswers();
  }
  const step = currentStep(definition, draft.state);
  if (step.kind === 'complete' && before.kind !== 'complete') draft.events.push({ kind: 'completed' });
  return { state: draft.state, step, events: draft.events };
}

/** The step that was put has been said by now: its question, and what came before it. */
function noteAsked(draft: Draft, step: Step): void {
  if (step.kind !== 'ask' && step.kind !== 'readBack') return;
  const { state, definition } = draft;
  if (!state.asked.includes(step.linkId)) state.asked.push(step.linkId);
  if (step.kind === 'ask')
    state.told.push(...tellingsBefore(definition, state, step.linkId).map((one) => one.linkId));
}

function take(draft: Draft, step: Step, input: Exclude<Input, { kind: 'heard' }>, now: ParseContext): void {
  switch (input.kind) {
    case 'answer': {
      const verdict = verdictIn(step, input);
      if (verdict === undefined) return takeAnswer(draft, step, input, now);
      return answerReadBack(draft, step, { kind: 'confirm', yes: verdict, words: input.words }, now);
    }
    case 'confirm':
      // A yes to a yes-or-no question, by the wrong tool: what was meant is plain.
      if (step.kind === 'ask' && step.type === 'boolean') {
        const { yes, words } = input;
        return takeAnswer(draft, step, { kind: 'answer', linkId: step.linkId, value: yes, words }, now);
      }
      return answerReadBack(draft, step, input, now);
    case 'decline':
      return takeRefusal(draft, step, input.linkId, 'declined');
    case 'unknown':
      return takeRefusal(draft, step, input.linkId, 'unknown');
    case 'unclear': {
      const item = 'linkId' in step && step.linkId !== undefined ? itemOf(draft, step.linkId) : undefined;
      if (item && step.kind !== 'handOver') draft.fail(item, 'retry');
    }
  }
}

/** "Yes" or "no" recorded as the answer of an item that is being read back: it answers the read-back. */
function verdictIn(step: Step, input: Extract<Input, { kind: 'answer' }>): boolean | undefined {
  if (step.kind !== 'readBack' || step.linkId !== input.linkId || typeof step.value === 'boolean')
    return undefined;
  const said = parseYesNo(String(input.value));
  return said?.unused.length === 0 ? said.yes : undefined;
}

function takeAnswer(
  draft: Draft,
  step: Step,
  input: Extract<Input, { kind: 'answer' }>,
  now: ParseContext,
): void {
  const item = itemOf(draft, input.linkId);
  if (!item || !isAskable(item)) return refuseItem(draft, step, input.linkId, item);
  if (isEnd(draft, item, input)) return draft.close(item.linkId);
  const knows = knowsIt(item, String(input.value));
  if (knows === false) return takeRefusal(draft, step, item.linkId, 'unknown');
  if (knows === true) return askAgain(draft, step, item, whatIsIt);
  const reassurance = reassuring(draft.definition, item.linkId);
  const understood = understand(item, input, { ...now, reassurance });
  const listed = item.repeats && item.type === 'choice';
  const several = listed ? parseChoices(String(input.value), item.options) : [];
  if (listed && isNone(String(input.value), item.options)) return draft.answerNone(item);
  if (several.length > 1) {
    for (const option of several) {
      draft.answer(item, {
        value: option.value,
        display: option.display,
        confirmed: item.readBack !== 'always',
      });
    }
    return;
  }
  if ('problem' in understood) {
    const intent = typeof input.value === 'string' ? intentOf(input.value) : undefined;
    if (intent === 'unknown' || intent === 'declined') return takeRefusal(draft, step, item.linkId, intent);
    return askAgain(draft, step, item, understood);
  }
  const { value, display, doubt } = understood;
  const repeated = step.kind === 'readBack' && step.linkId === item.linkId && !isNew(draft, item, value);
  draft.answer(item, { value, display, confirmed: repeated || !needsReadBack(item, doubt) });
}

function isNew(draft: Draft, item: Item, value: unknown): boolean {
  const known = draft.state.items[item.linkId];
  return !(known?.status === 'answered' && JSON.stringify(known.values.at(-1)) === JSON.stringify(value));
}

/** "No", "that's all" to "Anything else?". */
function isEnd(draft: Draft, item: Item, input: Extract<Input, { kind: 'answer' }>): boolean {
  const known = draft.state.items[item.linkId];
  if (known?.status !== 'answered' || known.open !== true) return false;
  const words = String(input.value);
  const said = parseYesNo(words);
  return (
    (said?.yes === false && said.unused.length === 0) ||
    /^(that'?s (all|it)|that is all|nothing else|none)\W*$/i.test(words)
  );
}

function takeRefusal(draft: Draft, step: Step, linkId: string, status: 'declined' | 'unknown'): void {
  const item = itemOf(draft, linkId);
  if (!item || !isAskable(item)) return refuseItem(draft, step, linkId, item);
  const known = draft.state.items[linkId];
  if (known?.status === 'answered' && known.open === true) return draft.close(linkId);
  if (status === 'unknown' && isAlarming(draft.definition, linkId))
    return askAgain(draft, step, item, unsettled);
  draft.withhold(linkId, status);
}

/** Says what was wrong; it counts against the item only where the item was what was asked. */
function askAgain(draft: Draft, step: Step, item: Item, problem: Problem): void {
  draft.invalid(item.linkId, problem);
  if ('linkId' in step && step.linkId === item.linkId) draft.fail(item, 'invalid', problem);
  else keepCause(draft, step);
}

/** "I'm not sure" settles no question on which an alarm hangs: it is asked again, and in the end handed over. */
const unsettled: Problem = { code: 'not-understood', problem: 'I do need an answer to this one.' };

function refuseItem(draft: Draft, step: Step, linkId: string, item: Item | undefined): void {
  draft.invalid(
    linkId,
    item
      ? { code: 'not-asked-of-callers', problem: `"${linkId}" is not asked of callers.` }
      : { code: 'unknown-item', problem: `There is no item "${linkId}".` },
  );
  keepCause(draft, step);
}

/** What had nothing to do with the current question leaves its wording as it was. */
function keepCause(draft: Draft, step: Step): void {
  if (step.kind !== 'ask' || step.why === 'next' || step.why === 'more') return;
  const problem = step.problem === undefined ? {} : { problem: step.problem };
  draft.state.cause = { linkId: step.linkId, why: step.why, ...problem };
}

function itemOf(draft: Draft, linkId: string): Item | undefined {
  return catalogueOf(draft.definition).byLink.get(linkId)?.item;
}
