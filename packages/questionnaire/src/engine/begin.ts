import { answersFrom } from '../expressions/values.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { givenAnswer } from './initial.ts';
import { type Moment, sceneOf, workOut } from './work-out.ts';

/** Initial values, fixed and worked out, of items that have no answer yet. */
export function giveInitial(draft: Draft, moment: Moment): void {
  const { definition, state } = draft;
  for (const { item } of catalogueOf(definition, state).ordered) {
    if (item.initial.length === 0 || !isUntouched(draft, item.linkId)) continue;
    state.items[item.linkId] = givenAnswer(item, item.initial);
  }
  workOut(draft, moment);
  if (!definition.logic) return;
  // One initial value may be made of another.
  for (let round = 0; round < 3; round++) {
    if (!giveWorkedOut(draft, moment)) return;
    workOut(draft, moment);
  }
}

function giveWorkedOut(draft: Draft, moment: Moment): boolean {
  const { definition, state } = draft;
  const scene = sceneOf(definition, state, moment);
  const entries = catalogueOf(definition, state).ordered.filter(
    ({ item }) => item.logic?.initial !== undefined && isUntouched(draft, item.linkId),
  );
  const given = (entry: CatalogueEntry): boolean => {
    const { item } = entry;
    const found = scene.evaluate(item.logic!.initial!, entry);
    const values = found.ok
      ? answersFrom(item, item.repeats ? found.values : found.values.slice(0, 1))
      : undefined;
    if (!found.ok) draft.expressionFailed(item.linkId, 'initial', found.problem);
    else if (!values) draft.expressionFailed(item.linkId, 'initial', `no value for the type ${item.type}`);
    if (!values || values.length === 0) return false;
    state.items[item.linkId] = givenAnswer(item, values);
    if (state.context) state.lookedUp = [...(state.lookedUp ?? []), item.linkId];
    return true;
  };
  return entries.map(given).includes(true);
}

function isUntouched({ state }: Draft, linkId: string): boolean {
  return state.items[linkId] === undefined;
}
