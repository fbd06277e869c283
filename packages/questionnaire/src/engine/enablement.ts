import type { AnswerValue, Condition, Definition, IntakeState, Item } from '../types.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { holds } from './compare.ts';

/** Answers `isEnabled` for one state; each item is worked out once. */
export type Enablement = (linkId: string) => boolean;

/**
 * Which items apply. An item applies when its own conditions and those of all groups around it hold; the answer of
 * an item that does not apply counts as none. Circles are faults of the definition and never come here.
 */
export function enablementOf(
  definition: Definition,
  state: Pick<IntakeState, 'items' | 'computed'>,
): Enablement {
  const catalogue = catalogueOf(definition, state);
  const known = new Map<string, boolean>();
  const enabled: Enablement = (linkId) => {
    const before = known.get(linkId);
    if (before !== undefined) return before;
    known.set(linkId, false);
    const entry = catalogue.byLink.get(linkId);
    const result =
      entry !== undefined &&
      entry.parents.every((parent) => enabled(parent.linkId)) &&
      !(state.computed?.off.includes(linkId) ?? false) &&
      followsSome(catalogue, state, enabled, entry.item) &&
      conditionsHold(entry.item, (link) => valuesOf(catalogue, state, enabled, link));
    known.set(linkId, result);
    return result;
  };
  return enabled;
}

/** "Is there another …?" is asked only after one of which something was said. */
function followsSome(
  { byLink }: Catalogue,
  state: Pick<IntakeState, 'items'>,
  enabled: Enablement,
  { occurrence }: Item,
): boolean {
  const before = occurrence?.asks === undefined ? undefined : byLink.get(occurrence.asks)?.item;
  if (!before) return true;
  const isAnswered = (item: Item): boolean =>
    state.items[item.linkId]?.status === 'answered' || item.items.some(isAnswered);
  return enabled(before.linkId) && isAnswered(before);
}

function conditionsHold(item: Item, values: (linkId: string) => readonly AnswerValue[]): boolean {
  return allOrAny(item.enableWhen, item.enableBehavior, values);
}

/** No condition at all holds. */
export function allOrAny(
  conditions: readonly Condition[],
  behavior: 'all' | 'any',
  values: (linkId: string) => readonly AnswerValue[],
): boolean {
  if (conditions.length === 0) return true;
  const holding = (condition: Condition) =>
    holds(condition, [condition.linkId, ...(condition.also ?? [])].flatMap(values));
  return behavior === 'any' ? conditions.some(holding) : conditions.every(holding);
}

function valuesOf(
  catalogue: Catalogue,
  state: Pick<IntakeState, 'items' | 'computed'>,
  enabled: Enablement,
  linkId: string,
): readonly AnswerValue[] {
  const item = state.items[linkId];
  return catalogue.byLink.has(linkId) && item?.status === 'answered' && enabled(linkId) ? item.values : [];
}

/** The answers that count: of items that apply. */
export function effectiveValues(
  definition: Definition,
  state: Pick<IntakeState, 'items' | 'computed'>,
): (linkId: string) => readonly AnswerValue[] {
  const enabled = enablementOf(definition, state);
  return (linkId) => valuesOf(catalogueOf(definition, state), state, enabled, linkId);
}
