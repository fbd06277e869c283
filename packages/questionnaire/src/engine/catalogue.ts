import type { Definition, IntakeState, Item } from '../types.ts';
import { isRepeatingQuestion } from './occurrences.ts';
import { standing } from './standing.ts';

export interface CatalogueEntry {
  item: Item;
  parents: readonly Item[];
}

/** A definition's items by link and in the order in which they are asked (a group before its items). */
export interface Catalogue {
  byLink: ReadonlyMap<string, CatalogueEntry>;
  ordered: readonly CatalogueEntry[];
}

const cache = new WeakMap<Definition, Catalogue>();

/** With a state, the items as they stand in it: in each of their occurrences, with the options now offered. */
export function catalogueOf(
  definition: Definition,
  state?: Pick<IntakeState, 'items' | 'computed'>,
): Catalogue {
  const now = state ? standing(definition, state) : definition;
  const known = cache.get(now);
  if (known) return known;
  const ordered = flatten(now.items, []);
  const catalogue = { ordered, byLink: new Map(ordered.map((entry) => [entry.item.linkId, entry])) };
  cache.set(now, catalogue);
  return catalogue;
}

function flatten(items: readonly Item[], parents: readonly Item[]): CatalogueEntry[] {
  return items.flatMap((item) => [{ item, parents }, ...flatten(item.items, [...parents, item])]);
}

/** Whether an item is put to the caller at all: a question, visible, that can be answered by voice. */
export function isAskable(item: Item): boolean {
  if (item.hidden || item.readOnly || item.type === 'group' || item.type === 'display') return false;
  if (item.logic?.calculated !== undefined) return false;
  return item.type !== 'choice' || item.options.length > 0;
}

/** The links whose enablement hangs, directly or not, on that item's answer; in order. */
export function dependantsOf({ ordered }: Catalogue, linkId: string): string[] {
  const found = new Set<string>([linkId]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { item, parents } of ordered) {
      if (found.has(item.linkId)) continue;
      const hangs =
        item.enableWhen.some(({ linkId: link, also = [] }) =>
          [link, ...also].some((one) => found.has(one)),
        ) ||
        found.has(item.occurrence?.after ?? '') ||
        found.has(item.occurrence?.asks ?? '') ||
        (item.logic?.hangsOn.some((link) => found.has(link)) ?? false) ||
        parents.some(
          (parent) => found.has(parent.linkId) && (parent.linkId !== linkId || isRepeatingQuestion(parent)),
        );
      if (hangs) {
        found.add(item.linkId);
        grown = true;
      }
    }
  }
  found.delete(linkId);
  // What is calculated is worked out again, not dropped.
  return ordered
    .filter(({ item }) => found.has(item.linkId) && item.logic?.calculated === undefined)
    .map(({ item }) => item.linkId);
}

/** Whether a dependant stands under another of the question's answers. */
export function isOfAnother(
  { byLink }: Catalogue,
  question: string,
  dependant: string,
  number: number,
): boolean {
  const depth = byLink.get(question)?.item.occurrence?.at.length ?? 0;
  const { item, parents = [] } = byLink.get(dependant) ?? {};
  return parents.some(({ linkId }) => linkId === question) && item?.occurrence?.at[depth] !== number;
}
