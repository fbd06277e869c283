import type { Constraint } from '../expressions/types.ts';
import type { Scene } from '../expressions/scene.ts';
import type { IntakeState } from '../types.ts';
import { type CatalogueEntry, catalogueOf, isAskable } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { enablementOf } from './enablement.ts';
import { linkOf } from './occurrences.ts';
import type { Problem } from './validate.ts';
import { type Moment, sceneOf } from './work-out.ts';

interface Placed {
  constraint: Constraint;
  place: CatalogueEntry | undefined;
}

/**
 * What the answers given in this step break: a constraint of their own items, or one around them. One that speaks of
 * several items waits until none of the others is still to be asked. Only `false` breaks one: what cannot be told yet
 * (`{}`) does not.
 */
export function brokenBy(
  before: IntakeState,
  draft: Draft,
  moment: Moment,
): { linkId: string; problem: Problem } | undefined {
  const { definition, state } = draft;
  if (!definition.logic) return undefined;
  const { byLink } = catalogueOf(definition, state);
  const now = sceneOf(definition, state, moment);
  let scene: Scene | undefined;
  const earlier = () => (scene ??= sceneOf(definition, before, moment));
  for (const linkId of answeredIn(draft)) {
    const entry = byLink.get(linkId);
    for (const placed of entry ? constraintsAt(draft, entry) : []) {
      const { constraint, place } = placed;
      if (constraint.severity !== 'error' || !isBroken(now, placed)) continue;
      const isOwn = place?.item.linkId === linkId;
      const isCause =
        isOwn || (isTheirTurn(draft, entry!, constraint) && isNew(before, linkId, earlier, placed));
      if (isCause) return { linkId, problem: { code: 'constraint', problem: constraint.human } };
    }
  }
  return undefined;
}

function answeredIn({ events }: Draft): Set<string> {
  const kinds = ['answered', 'corrected', 'held'];
  return new Set(
    events.flatMap((event) => (kinds.includes(event.kind) && 'linkId' in event ? (event.linkId ?? []) : [])),
  );
}

/** Whether the constraint speaks of the item, and of no other that is still open. */
function isTheirTurn({ definition, state }: Draft, { item }: CatalogueEntry, { links }: Constraint): boolean {
  if (links.length === 0) return true;
  if (!links.includes(linkOf(item))) return false;
  const enabled = enablementOf(definition, state);
  return !catalogueOf(definition, state).ordered.some(
    ({ item: other }) =>
      other !== item &&
      links.includes(linkOf(other)) &&
      isAskable(other) &&
      enabled(other.linkId) &&
      state.items[other.linkId] === undefined,
  );
}

/** It held before, or could not be told before the item had an answer. */
function isNew(before: IntakeState, linkId: string, earlier: () => Scene, placed: Placed): boolean {
  return before.items[linkId]?.status !== 'answered' || !isBroken(earlier(), placed);
}

/** Tells once of constraints that only warn; at the end also of those that answers, together, still break. */
export function noteBroken(draft: Draft, moment: Moment, isComplete: boolean): void {
  const { definition, state } = draft;
  if (!definition.logic) return;
  const all = [
    ...definition.logic.constraints.map((constraint): Placed => ({ constraint, place: undefined })),
    ...catalogueOf(definition, state).ordered.flatMap((place) =>
      (place.item.logic?.constraints ?? []).map((constraint): Placed => ({ constraint, place })),
    ),
  ].filter(({ constraint }) => isComplete || constraint.severity === 'warning');
  if (all.length === 0) return;
  const scene = sceneOf(definition, state, moment);
  for (const placed of all)
    if (isBroken(scene, placed)) draft.note(placed.constraint, placed.place?.item.linkId);
}

/** Its own, then those of the groups around it, then the questionnaire's. */
function constraintsAt({ definition }: Draft, { item, parents }: CatalogueEntry): Placed[] {
  const around = [...parents, item].map((one, depth): CatalogueEntry => ({
    item: one,
    parents: parents.slice(0, depth),
  }));
  return [
    ...around
      .reverse()
      .flatMap((place) =>
        (place.item.logic?.constraints ?? []).map((constraint): Placed => ({ constraint, place })),
      ),
    ...definition.logic!.constraints.map((constraint): Placed => ({ constraint, place: undefined })),
  ];
}

function isBroken(scene: Scene, { constraint, place }: Placed): boolean {
  const found = scene.evaluate(constraint.expression, place);
  return found.ok && found.values.length === 1 && found.values[0] === false;
}
