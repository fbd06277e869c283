import type { Condition, Definition, Item } from '../types.ts';

/** An item with the groups around it, outermost first. */
export interface Standing {
  item: Item;
  parents: readonly Item[];
}

export function standings({ items }: Pick<Definition, 'items'>): Map<string, Standing> {
  const all = new Map<string, Standing>();
  const visit = (list: readonly Item[], parents: readonly Item[]): void => {
    for (const item of list) {
      all.set(item.linkId, { item, parents });
      visit(item.items, [...parents, item]);
    }
  };
  visit(items, []);
  return all;
}

/** What must hold of answers for the item to be asked: its own conditions, those of the groups around it, and of the items that all these name. */
export type Needs = (linkId: string) => readonly Condition[];

export function needsOf(all: ReadonlyMap<string, Standing>): Needs {
  const known = new Map<string, readonly Condition[]>();
  const needs: Needs = (linkId) => {
    const before = known.get(linkId);
    if (before) return before;
    // A circle is told elsewhere; here it ends.
    known.set(linkId, []);
    const standing = all.get(linkId);
    const own = standing ? [...standing.parents, standing.item].flatMap(certain) : [];
    const found = [...new Set([...own, ...own.flatMap((condition) => behind(condition, needs))])];
    known.set(linkId, found);
    return found;
  };
  return needs;
}

/** What must hold for that condition to be able to hold. */
export function behind({ linkId, operator, answer }: Condition, needs: Needs): readonly Condition[] {
  return operator === 'exists' && answer === false ? [] : needs(linkId);
}

/** Of several, any of which will do, none is certain to hold. */
function certain({ enableWhen, enableBehavior }: Item): readonly Condition[] {
  return enableBehavior === 'all' || enableWhen.length === 1 ? enableWhen : [];
}
