import type { Caller, Definition, IntakeState, Item } from '../types.ts';
import { isAlarming } from './alarm.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { sameValue } from './compare.ts';
import type { Draft } from './draft.ts';
import { type Enablement, enablementOf } from './enablement.ts';

/** Who is on the line: what was said last, by an answer or by the input `caller`. The patient, until it is said. */
export function callerOf({ caller }: Pick<IntakeState, 'caller'>): Caller {
  return caller ?? 'patient';
}

/** Whether it is for the one who is on the line to answer the item. */
export function mayAnswer({ answeredBy }: Item, state: Pick<IntakeState, 'caller'>): boolean {
  return answeredBy === 'any' || answeredBy === callerOf(state);
}

/** The item in the words for the one who is on the line. */
export function worded(item: Item, state: Pick<IntakeState, 'caller'>): Item {
  return item.proxy && callerOf(state) === 'proxy' ? { ...item, ...item.proxy } : item;
}

/** Items that apply and wait for the patient, while somebody else is on the line. */
export function waitingForPatient(
  definition: Definition,
  state: IntakeState,
  enabled: Enablement = enablementOf(definition, state),
): Item[] {
  if (callerOf(state) === 'patient') return [];
  return catalogueOf(definition, state)
    .ordered.map(({ item }) => item)
    .filter((item) => {
      const known = state.items[item.linkId];
      const isOpen = known === undefined || (known.status === 'answered' && !known.confirmed);
      return isOpen && item.answeredBy === 'patient' && isAskable(item) && enabled(item.linkId);
    });
}

/** The one among them without which the intake is not done. */
export function neededOfPatient(definition: Definition, waiting: readonly Item[]): Item | undefined {
  return waiting.find((item) => item.required || isAlarming(definition, item));
}

/** Takes over who is on the line from answers that say so and are new. */
export function noteCaller(draft: Draft, before: IntakeState): void {
  const said = saidBy(draft.definition, draft.state);
  if (said !== undefined && said !== saidBy(draft.definition, before)) setCaller(draft, said);
}

export function setCaller({ state, events }: Draft, caller: Caller): void {
  if (state.caller === caller) return;
  state.caller = caller;
  events.push({ kind: 'caller', caller });
}

/** What the answers say of it; the last one that says anything counts. */
function saidBy(definition: Definition, state: IntakeState): Caller | undefined {
  const telling = catalogueOf(definition, state).ordered.filter(({ item }) => tells(item));
  if (telling.length === 0) return undefined;
  const enabled = enablementOf(definition, state);
  return telling
    .flatMap(({ item }) => {
      const known = state.items[item.linkId];
      if (known?.status !== 'answered' || !enabled(item.linkId)) return [];
      const [value] = known.values;
      if (item.caller) return value === true ? item.caller : item.caller === 'patient' ? 'proxy' : 'patient';
      return (
        item.options.find((option) => value !== undefined && sameValue(option.value, value))?.caller ?? []
      );
    })
    .at(-1);
}

const tells = (item: Item) =>
  item.caller !== undefined || item.options.some(({ caller }) => caller !== undefined);
