import type { Element, Side, Words } from './phrase-pattern.ts';
import type { Word } from './utterance.ts';

/** Which words were said at all: a phrase that needs one which was not is not tried. */
export class Said {
  readonly #forms: ReadonlySet<string>;
  readonly #words: readonly string[];
  readonly #stems = new Map<string, boolean>();

  constructor(words: readonly Word[]) {
    this.#forms = new Set(words.flatMap(({ forms }) => forms));
    this.#words = words.map(({ word }) => word);
  }

  /** Whether every element of the side that may not be absent begins with a word that was said. */
  allows(side: Side): boolean {
    return side.every((element) => isFree(element) || element.any.some(([first]) => this.#has(first!)));
  }

  #has(wanted: string): boolean {
    if (!wanted.endsWith('*')) return this.#forms.has(wanted);
    const known = this.#stems.get(wanted);
    if (known !== undefined) return known;
    const stem = wanted.slice(0, -1);
    const found = this.#words.some((word) => word.startsWith(stem));
    this.#stems.set(wanted, found);
    return found;
  }
}

type Free = Extract<Element, { gap: true }> | { any: readonly Words[]; optional: true };

const isFree = (element: Element): element is Free => 'gap' in element || element.optional;

const cache = new WeakMap<readonly Word[], Said>();

export function saidIn(words: readonly Word[]): Said {
  const known = cache.get(words);
  if (known) return known;
  const said = new Said(words);
  cache.set(words, said);
  return said;
}
