import { canonicalJson } from '@vestibule/core';
import type { Budget, Evaluation } from '../expressions/evaluate.ts';
import { Scene } from '../expressions/scene.ts';
import type { Computed } from '../expressions/types.ts';
import { answersFrom, optionValueFrom } from '../expressions/values.ts';
import { displayOf } from '../speak/display-of.ts';
import type { AnswerValue, Definition, IntakeState, Item } from '../types.ts';
import { type CatalogueEntry, catalogueOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { enablementOf } from './enablement.ts';
import { givenAnswer } from './initial.ts';
import { responseForExpressions } from './response.ts';

/** Parts of expressions evaluated for one input, at most: some three seconds' worth. */
const stepBudget = 1_000_000;
/** What hangs on another expression's result settles in as many rounds as the chain is long. */
const mostRounds = 40;
/** Values that feed each other without end are left alone after so many changes. */
const mostChanges = 12;

export interface Moment {
  today: string | undefined;
  budget: Budget;
}

export function momentOf(today: string | undefined): Moment {
  return { today, budget: { left: stepBudget } };
}

export function sceneOf(definition: Definition, state: IntakeState, { today, budget }: Moment): Scene {
  const context = state.context ?? {};
  const logic = definition.logic!;
  return new Scene({ ...responseForExpressions(definition, state), logic, context, today, budget });
}

/**
 * Brings what expressions decide up to date: which items apply, calculated values, options, bounds. Round after round
 * until nothing changes any more.
 */
export function workOut(draft: Draft, moment: Moment): void {
  if (!draft.definition.logic) return;
  const before = calculatedIn(draft);
  const changes = new Map<string, number>();
  let round: Round | undefined;
  for (let count = 0; count < mostRounds && !round?.isSettled; count++)
    round = nextRound(draft, moment, changes);
  for (const tell of round?.failures ?? []) tell();
  tellCalculated(draft, before);
}

interface Round {
  isSettled: boolean;
  failures: (() => void)[];
}

function nextRound(draft: Draft, moment: Moment, changes: Map<string, number>): Round {
  const { definition, state } = draft;
  const scene = sceneOf(definition, state, moment);
  const enabled = enablementOf(definition, state);
  const known = state.computed;
  const next: Computed = { off: [], options: {}, bounds: {}, failed: known?.failed ?? [] };
  const calculated = new Map<string, AnswerValue[]>();
  const failures: (() => void)[] = [];
  for (const entry of catalogueOf(definition, state).ordered) {
    const { linkId, logic } = entry.item;
    if (!logic || !entry.parents.every((parent) => enabled(parent.linkId))) continue;
    const ask: Ask = (name, expression) => {
      const found = scene.evaluate(expression, entry);
      const problem = problemOf(entry.item, name, found);
      if (problem !== undefined) failures.push(() => draft.expressionFailed(linkId, name, problem));
      return found;
    };
    if (logic.enableWhen !== undefined && !holdsNow(ask('enableWhen', logic.enableWhen)))
      next.off.push(linkId);
    if (logic.calculated !== undefined && enabled(linkId)) {
      const values = isRestless(state, linkId)
        ? undefined
        : valuesOf(entry.item, ask('calculated', logic.calculated));
      const kept = values ?? keptOf(state, linkId);
      if (kept.length > 0) calculated.set(linkId, kept);
    }
    const options = optionsNow(entry, ask);
    if (options) next.options[linkId] = options;
    const bounds = boundsNow(entry, ask);
    if (bounds) next.bounds[linkId] = bounds;
  }
  const isSettled =
    canonicalJson(next) === canonicalJson(known ?? null) && !noteChanges(draft, calculated, changes);
  state.computed = { ...next, failed: state.computed?.failed ?? [] };
  setCalculated(draft, calculated);
  return { isSettled, failures };
}

/** Counts the calculated values that changed; one that does so without end is left as it is from now on. */
function noteChanges(
  draft: Draft,
  calculated: ReadonlyMap<string, AnswerValue[]>,
  changes: Map<string, number>,
): boolean {
  const before = calculatedIn(draft);
  const links = new Set([...before.keys(), ...calculated.keys()]);
  const changed = [...links].filter(
    (link) => canonicalJson(before.get(link) ?? null) !== canonicalJson(calculated.get(link) ?? null),
  );
  for (const linkId of changed) {
    const count = (changes.get(linkId) ?? 0) + 1;
    changes.set(linkId, count);
    if (count > mostChanges) draft.expressionFailed(linkId, restless, 'its value never comes to rest');
  }
  return changed.length > 0;
}

const restless = 'calculated without end';

function isRestless({ computed }: IntakeState, linkId: string): boolean {
  return computed?.failed.includes(`${restless} ${linkId}`) ?? false;
}

function problemOf(item: Item, name: string, found: Evaluation): string | undefined {
  if (!found.ok) return found.problem;
  const isValue = name === 'calculated' || name === 'minValue' || name === 'maxValue';
  return isValue && valuesOf(item, found) === undefined ? `it gives no ${item.type}` : undefined;
}

type Ask = (name: string, expression: string) => Evaluation;

/** Without an answer to it (`{}`) an item does not apply; when it cannot be evaluated, it does. */
function holdsNow(found: Evaluation): boolean {
  return !found.ok || (found.values.length > 0 && found.values[0] !== false);
}

function valuesOf(item: Item, found: Evaluation): AnswerValue[] | undefined {
  return found.ok ? answersFrom(item, item.repeats ? found.values : found.values.slice(0, 1)) : undefined;
}

function optionsNow({ item }: CatalogueEntry, ask: Ask): AnswerValue[] | undefined {
  const { answers, toggles } = item.logic!;
  if (answers !== undefined) {
    const found = ask('answers', answers);
    return found.ok ? found.values.flatMap((value) => optionValueFrom(value) ?? []) : undefined;
  }
  if (toggles.length === 0) return undefined;
  const off = toggles.flatMap(({ options, expression }) => {
    const found = ask('toggle', expression);
    return found.ok && found.values[0] !== true ? options : [];
  });
  const hidden = new Set(off.map(optionKey));
  const source = item.offered ?? item.options;
  return source.map(({ value }) => value).filter((value) => !hidden.has(optionKey(value)));
}

function optionKey(value: AnswerValue): string {
  if (typeof value !== 'object') return String(value);
  return 'code' in value ? (value.code ?? '') : '';
}

function boundsNow({ item }: CatalogueEntry, ask: Ask): Computed['bounds'][string] | undefined {
  const { minimum, maximum } = item.logic!;
  const low = minimum === undefined ? undefined : valuesOf(item, ask('minValue', minimum))?.[0];
  const high = maximum === undefined ? undefined : valuesOf(item, ask('maxValue', maximum))?.[0];
  if (low === undefined && high === undefined) return undefined;
  return { ...(low === undefined ? {} : { minimum: low }), ...(high === undefined ? {} : { maximum: high }) };
}

function calculatedIn({ definition, state }: Draft): Map<string, AnswerValue[]> {
  const items = catalogueOf(definition, state).ordered.map(({ item }) => item);
  const calculated = items.filter(({ logic }) => logic?.calculated !== undefined);
  return new Map(
    calculated.flatMap(({ linkId }) => {
      const values = keptOf(state, linkId);
      return values.length > 0 ? [[linkId, values] as const] : [];
    }),
  );
}

function keptOf(state: IntakeState, linkId: string): AnswerValue[] {
  const known = state.items[linkId];
  return known?.status === 'answered' ? known.values : [];
}

function setCalculated({ definition, state }: Draft, calculated: ReadonlyMap<string, AnswerValue[]>): void {
  for (const { item } of catalogueOf(definition, state).ordered) {
    if (item.logic?.calculated === undefined) continue;
    const values = calculated.get(item.linkId);
    if (values) state.items[item.linkId] = { ...givenAnswer(item, values), confirmed: true };
    else delete state.items[item.linkId];
  }
}

function tellCalculated(draft: Draft, before: ReadonlyMap<string, AnswerValue[]>): void {
  const after = calculatedIn(draft);
  for (const { item } of catalogueOf(draft.definition, draft.state).ordered) {
    const { linkId } = item;
    const [old, now] = [before.get(linkId), after.get(linkId)];
    if (canonicalJson(old ?? null) === canonicalJson(now ?? null)) continue;
    const value = now?.[0];
    const told = value === undefined ? {} : { value, display: displayOf(now!, item) };
    draft.events.push({ kind: 'calculated', linkId, ...told });
  }
}
