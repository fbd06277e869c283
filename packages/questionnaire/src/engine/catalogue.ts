import type { Definition, Item } from '../types.ts';

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

export function catalogueOf(definition: Definition): Catalogue {
  const known = cache.get(definition);
  if (known) return known;
  const ordered = flatten(definition.items, []);
  const catalogue = { ordered, byLink: new Map(ordered.map((entry) => [entry.item.linkId, entry])) };
  cache.set(definition, catalogue);
  return catalogue;
}

function flatten(items: readonly Item[], parents: readonly Item[]): CatalogueEntry[] {
  return items.flatMap((item) => [{ item, parents }, ...flatten(item.items, [...parents, item])]);
}

/** Whether an item is put to the caller at all: a question, visible, that can be answered by voice. */
export function isAskable(item: Item): boolean {
  if (item.hidden || item.readOnly || item.type === 'group' || item.type === 'display') return false;
  return item.type !== 'choice' || item.options.length > 0;
}

/** The links whose enablement hangs, directly or not, on that item's answer; in order. */
export function dependantsOf(definition: Definition, linkId: string): string[] {
  const { ordered } = catalogueOf(definition);
  const found = new Set<string>([linkId]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { item, parents } of ordered) {
      if (found.has(item.linkId)) continue;
      const hangs =
        item.enableWhen.some((condition) => found.has(condition.linkId)) ||
        parents.some((parent) => found.has(parent.linkId) && parent.linkId !== linkId);
      if (hangs) {
        found.add(item.linkId);
        grown = true;
      }
    }
  }
  found.delete(linkId);
  return ordered.map(({ item }) => item.linkId).filter((link) => found.has(link));
}
