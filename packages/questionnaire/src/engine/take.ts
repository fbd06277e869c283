import { canonicalJson } from '@vestibule/core';
import { isNone, parseChoices } from '../parse/choices.ts';
import { intentOf, knowsIt, whatIsIt } from '../parse/intent.ts';
import { parseYesNo } from '../parse/yes-no.ts';
import type { AnswerValue, Input, Item, ParseContext, Step } from '../types.ts';
import { addresseeOf } from './address.ts';
import { isAlarming, reassuring } from './alarm.ts';
import { giveInitial } from './begin.ts';
import { mayAnswer, setCaller } from './caller.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { answerReadBack } from './confirm.ts';
import type { Draft } from './draft.ts';
import { isFlagAnswer } from './flag-question.ts';
import { identityProblem } from './identity.ts';
import { countProblem, exclusiveProblem } from './several.ts';
import { needsReadBack, understand } from './understand.ts';
import type { Problem } from './validate.ts';
import type { Moment } from './work-out.ts';

/** What was heard and answers nothing. */
export type Heard = Extract<Input, { kind: 'heard' | 'flag' }>;
export type Said = Exclude<Input, Heard>;

export function take(draft: Draft, step: Step, input: Said, now: ParseContext, moment: Moment): void {
  if (isFlagAnswer(step, input)) return;
  switch (input.kind) {
    case 'context':
      keepCause(draft, step);
      return takeContext(draft, input.context) ? giveInitial(draft, moment) : undefined;
    case 'caller':
      keepCause(draft, step);
      return setCaller(draft, input.caller);
    case 'answer': {
      const addressed = addressedIn(draft, step, input);
      if (addressed === undefined) return;
      if (addressed.answer !== undefined)
        return replaceAnswer(draft, step, addressed.input, addressed.answer, now);
      return takeAddressed(draft, step, addressed.input, now);
    }
    case 'confirm':
      // A yes to a yes-or-no question, by the wrong tool: what was meant is plain.
      if (step.kind === 'ask' && step.type === 'boolean') {
        const { yes, words } = input;
        return takeAnswer(draft, step, { kind: 'answer', linkId: step.linkId, value: yes, words }, now);
      }
      return answerReadBack(draft, step, input, now);
    case 'decline':
    case 'unknown': {
      const addressed = addressedIn(draft, step, input);
      const status = input.kind === 'decline' ? 'declined' : 'unknown';
      if (addressed) takeRefusal(draft, step, addressed.input.linkId, status);
      return;
    }
    case 'unclear': {
      const item = 'linkId' in step && step.linkId !== undefined ? itemOf(draft, step.linkId) : undefined;
      if (item && step.kind !== 'handOver') draft.fail(item, 'retry');
    }
  }
}

/** @returns whether it may be used now; the event `contextRefused` says why not. */
export function takeContext(draft: Draft, context: Readonly<Record<string, unknown>>): boolean {
  const problem = identityProblem(draft.definition, draft.state, context);
  if (problem === undefined) draft.state.context = { ...draft.state.context, ...structuredClone(context) };
  else draft.events.push({ kind: 'contextRefused', code: 'not-identified', problem });
  return problem === undefined;
}

type Answer = Extract<Input, { kind: 'answer' }>;

/** The input with the key of the item it is for; undefined, and told, when that cannot be said. */
function addressedIn<I extends Extract<Input, { linkId: string }>>(
  draft: Draft,
  step: Step,
  input: I,
): { input: I; answer?: number } | undefined {
  const to = addresseeOf(catalogueOf(draft.definition, draft.state), step, input.linkId);
  if ('linkId' in to) {
    const answer = to.answer === undefined ? {} : { answer: to.answer };
    return { input: { ...input, linkId: to.linkId }, ...answer };
  }
  const problem = `There are several; it is one of ${to.ambiguous.join(', ')}.`;
  draft.invalid(input.linkId, { code: 'ambiguous', problem });
  keepCause(draft, step);
  return undefined;
}

function takeAddressed(draft: Draft, step: Step, input: Answer, now: ParseContext): void {
  const verdict = verdictIn(step, input);
  if (verdict === undefined) return takeAnswer(draft, step, input, now);
  return answerReadBack(draft, step, { kind: 'confirm', yes: verdict, words: input.words }, now);
}

/** One of several answers is corrected (`phone#2`). */
function replaceAnswer(draft: Draft, step: Step, input: Answer, number: number, now: ParseContext): void {
  const item = itemOf(draft, input.linkId);
  const known = draft.state.items[input.linkId];
  const isThere = known?.status === 'answered' && known.values[number - 1] !== undefined;
  if (!item || !isForCaller(draft, item) || !isThere)
    return refuseItem(draft, step, `${input.linkId}#${number}`, undefined);
  const understood = understand(item, input, now);
  if ('problem' in understood) return askAgain(draft, step, item, understood);
  const { value, doubt } = understood;
  draft.replace(item, number - 1, value, !needsReadBack(item, doubt, input.evidence));
  keepCause(draft, step);
}

/** "Yes" or "no" recorded as the answer of an item that is being read back: it answers the read-back. */
function verdictIn(step: Step, input: Answer): boolean | undefined {
  if (step.kind !== 'readBack' || step.linkId !== input.linkId || typeof step.value === 'boolean')
    return undefined;
  const said = parseYesNo(String(input.value));
  return said?.unused.length === 0 ? said.yes : undefined;
}

function takeAnswer(draft: Draft, step: Step, input: Answer, now: ParseContext): void {
  const item = itemOf(draft, input.linkId);
  if (!item || !isForCaller(draft, item)) return refuseItem(draft, step, input.linkId, item);
  if (isEnd(draft, item, input)) return endSeveral(draft, step, item);
  const knows = knowsIt(item, String(input.value));
  if (knows === false) return takeRefusal(draft, step, item.linkId, 'unknown');
  if (knows === true) return askAgain(draft, step, item, whatIsIt);
  const reassurance = reassuring(draft.definition, item);
  const understood = understand(item, input, { ...now, reassurance });
  const listed = item.repeats && item.type === 'choice';
  const several = listed ? parseChoices(String(input.value), item.options) : [];
  if (listed && isNone(String(input.value), item.options)) return draft.answerNone(item);
  const spoilt = exclusiveProblem(several) ?? countProblem(draft.state, item, Math.max(1, several.length));
  if (spoilt) return askAgain(draft, step, item, spoilt);
  if (several.length > 1) {
    for (const option of several) {
      draft.answer(item, {
        value: option.value,
        display: option.display,
        confirmed: !needsReadBack(item, false, input.evidence),
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
  draft.answer(item, { value, display, confirmed: repeated || !needsReadBack(item, doubt, input.evidence) });
}

function isNew(draft: Draft, item: Item, value: AnswerValue): boolean {
  const known = draft.state.items[item.linkId];
  return !(known?.status === 'answered' && canonicalJson(known.values.at(-1)) === canonicalJson(value));
}

/** No more to say; where fewer are given than there have to be, one more is asked for. */
function endSeveral(draft: Draft, step: Step, item: Item): void {
  const known = draft.state.items[item.linkId];
  const given = known?.status === 'answered' ? known.values.length : 0;
  const least = item.minOccurs ?? 0;
  if (given >= least) return draft.close(item.linkId);
  askAgain(draft, step, item, { code: 'incomplete', problem: `I need at least ${least}.` });
}

/** "No", "that's all" to "Anything else?". */
function isEnd(draft: Draft, item: Item, input: Answer): boolean {
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
  if (!item || !isForCaller(draft, item)) return refuseItem(draft, step, linkId, item);
  const known = draft.state.items[linkId];
  if (known?.status === 'answered' && known.open === true) return draft.close(linkId);
  if (status === 'unknown' && isAlarming(draft.definition, item))
    return askAgain(draft, step, item, unsettled);
  draft.withhold(linkId, status);
}

/** Says what was wrong; it counts against the item only where the item was what was asked. */
export function askAgain(draft: Draft, step: Step, item: Item, problem: Problem): void {
  draft.invalid(item.linkId, problem);
  if ('linkId' in step && step.linkId === item.linkId) draft.fail(item, 'invalid', problem);
  else keepCause(draft, step);
}

/** "I'm not sure" settles no question on which an alarm hangs: it is asked again, and in the end handed over. */
const unsettled: Problem = { code: 'not-understood', problem: 'I do need an answer to this one.' };

function refuseItem(draft: Draft, step: Step, linkId: string, item: Item | undefined): void {
  draft.invalid(linkId, refusalOf(draft, linkId, item));
  keepCause(draft, step);
}

function refusalOf({ state }: Draft, linkId: string, item: Item | undefined): Problem {
  if (!item) return { code: 'unknown-item', problem: `There is no item "${linkId}".` };
  if (isAskable(item) && item.answeredBy === 'patient' && !mayAnswer(item, state))
    return { code: 'patient-only', problem: 'Only the patient can answer that.' };
  return { code: 'not-asked-of-callers', problem: `"${linkId}" is not asked of callers.` };
}

/** Whether it is asked, and of the one who is on the line. */
function isForCaller({ state }: Draft, item: Item): boolean {
  return isAskable(item) && mayAnswer(item, state);
}

/** What had nothing to do with the current question leaves its wording as it was. */
export function keepCause(draft: Draft, step: Step): void {
  if (step.kind !== 'ask' || step.why === 'next' || step.why === 'more') return;
  const problem = step.problem === undefined ? {} : { problem: step.problem };
  draft.state.cause = { linkId: step.linkId, why: step.why, ...problem };
}

export function itemOf(draft: Draft, linkId: string): Item | undefined {
  return catalogueOf(draft.definition, draft.state).byLink.get(linkId)?.item;
}
