import { allOrAny } from '../engine/enablement.ts';
import type { AnswerValue, Condition, Item } from '../types.ts';
import { choicesOf } from './choices.ts';

/** An item with what decides whether it is asked. */
export interface PathItem {
  item: Item;
  /** Links of the groups around it and of the items that its conditions name. */
  deps: readonly string[];
  parents: readonly string[];
  /** An expression decides too: it counts as holding on the longest path, as not holding on the shortest. */
  uncertain: boolean;
  weight: number;
}

export interface Found {
  weight: number;
  /** Links that apply on the way. */
  links: readonly string[];
  /** False where the search was given up: then the weight is a bound, and `links` a way that may not exist. */
  exact: boolean;
}

interface Known {
  applies: boolean;
  values: readonly AnswerValue[];
}

/** Parts looked at before a search is given up: a second or so. */
const mostParts = 20_000;

/**
 * The answers that bring the most (or the least) weight. Exact: what hangs on one answer is searched for each choice of it, and falls
 * apart into parts that no longer hang on each other; a part that was met before with the same answers behind it is not searched again.
 */
export class PathSearch {
  readonly #items: ReadonlyMap<string, PathItem>;
  readonly #wants: 'most' | 'least';
  readonly #conditions: readonly Condition[];
  readonly #known = new Map<string, Known>();
  readonly #met = new Map<string, Found>();
  readonly #choices = new Map<string, (readonly AnswerValue[])[]>();
  #parts = 0;

  /** `items` in an order in which each comes after all that it hangs on. */
  constructor(items: ReadonlyMap<string, PathItem>, wants: 'most' | 'least') {
    this.#items = items;
    this.#wants = wants;
    this.#conditions = [...items.values()].flatMap(({ item }) => item.enableWhen);
  }

  run(): Found {
    return this.#sum([...this.#items.keys()]);
  }

  /** The items fall apart into those that hang on each other; each part is searched alone. */
  #sum(links: readonly string[]): Found {
    const found = this.#apart(links).map((part) => this.#part(part));
    return {
      weight: found.reduce((sum, { weight }) => sum + weight, 0),
      links: found.flatMap((one) => one.links),
      exact: found.every(({ exact }) => exact),
    };
  }

  #part(part: readonly string[]): Found {
    const key = this.#keyOf(part);
    const met = this.#met.get(key);
    if (met) return met;
    const found = ++this.#parts > mostParts ? this.#bound(part) : this.#search(part);
    this.#met.set(key, found);
    return found;
  }

  #search([first = '', ...rest]: readonly string[]): Found {
    const { item, weight } = this.#items.get(first)!;
    const applies = this.#applies(first);
    const choices = applies ? this.#choicesOf(item) : [[]];
    const ideal = this.#bound(rest).weight;
    let best: Found | undefined;
    for (const values of choices) {
      // No other choice can do better.
      if (best?.exact && best.weight === ideal) break;
      this.#known.set(first, { applies, values });
      const found = this.#sum(rest);
      if (!best || (this.#wants === 'most' ? found.weight > best.weight : found.weight < best.weight))
        best = { ...found, exact: found.exact && (best?.exact ?? true) };
    }
    this.#known.delete(first);
    if (!applies) return best!;
    return { ...best!, weight: best!.weight + weight, links: [first, ...best!.links] };
  }

  #choicesOf(item: Item): (readonly AnswerValue[])[] {
    const known = this.#choices.get(item.linkId);
    if (known) return known;
    const isSource = this.#conditions.some(({ linkId }) => linkId === item.linkId);
    const choices = isSource ? choicesOf(item, this.#conditions) : [[]];
    this.#choices.set(item.linkId, choices);
    return choices;
  }

  #applies(linkId: string): boolean {
    const { item, parents, uncertain } = this.#items.get(linkId)!;
    if (uncertain && this.#wants === 'least') return false;
    return (
      parents.every((parent) => this.#known.get(parent)?.applies ?? true) &&
      allOrAny(item.enableWhen, item.enableBehavior, (link) => this.#known.get(link)?.values ?? [])
    );
  }

  /** Everything there is, or nothing: no path has more, or less. */
  #bound(part: readonly string[]): Found {
    const links = this.#wants === 'most' ? part : [];
    const weight = links.reduce((sum, link) => sum + this.#items.get(link)!.weight, 0);
    return { weight, links, exact: false };
  }

  #keyOf(part: readonly string[]): string {
    const behind = new Set(part.flatMap((link) => this.#items.get(link)!.deps));
    const known = [...behind].flatMap((link) => {
      const one = this.#known.get(link);
      return one ? [[link, one]] : [];
    });
    return JSON.stringify([part, known]);
  }

  #apart(links: readonly string[]): string[][] {
    const root = new Map(links.map((link) => [link, link]));
    const find = (link: string): string => {
      let top = link;
      while (root.get(top) !== top) top = root.get(top)!;
      root.set(link, top);
      return top;
    };
    for (const link of links) {
      for (const dep of this.#items.get(link)!.deps) if (root.has(dep)) root.set(find(link), find(dep));
    }
    return [...Map.groupBy(links, find).values()];
  }
}
