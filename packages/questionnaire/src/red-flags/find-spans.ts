import { compilePhrase, type Element, type Phrase, type Side, type Words } from './phrase-pattern.ts';
import { saidIn } from './said.ts';
import type { Word } from './utterance.ts';

const longestGap = 3;
const nearby = 6;

/** Where a part of a phrase was said: words `start` to `end` (exclusive); `own` are those the phrase names, the rest is gap. */
export interface Span {
  start: number;
  end: number;
  own: readonly number[];
  /** The words ran out in the middle of the phrase, and not in a gap: the next one may complete it. */
  open?: true;
}

/** A phrase that was said, with the places of each of its parts. */
export interface Found {
  phrase: string;
  parts: readonly (readonly Span[])[];
}

interface Entry {
  side: Side;
  id: number;
}

/** Many phrases, looked for together: each side is tried only where its first word was said. */
export class PhraseBook {
  readonly #phrases: readonly { phrase: Phrase; ids: readonly (readonly number[])[] }[];
  readonly #exact = new Map<string, Entry[]>();
  readonly #stems = new Map<string, { stem: string; entry: Entry }[]>();
  readonly #known = new Map<string, ReadonlySet<Entry>>();

  constructor(phrases: readonly string[]) {
    let id = 0;
    this.#phrases = phrases.map(compilePhrase).map((phrase) => ({
      phrase,
      ids: phrase.parts.map((sides) => sides.map((side) => this.#index({ side, id: id++ }))),
    }));
  }

  #index(entry: Entry): number {
    const first = entry.side[0];
    if (!first || 'gap' in first) return entry.id;
    for (const word of new Set(first.any.map((words) => words[0]!))) {
      if (word.endsWith('*')) {
        const stem = word.slice(0, -1);
        listAt(this.#stems, stem.slice(0, 2)).push({ stem, entry });
      } else listAt(this.#exact, word).push(entry);
    }
    return entry.id;
  }

  /** Every phrase all of whose parts were said. With `open`, spans that the next words may complete are among them. */
  find(words: readonly Word[], open = false): Found[] {
    const sides = this.#sides(words, open);
    if (sides.size === 0) return [];
    const isHeard = (id: number) => sides.has(id);
    return this.#phrases.flatMap(({ phrase, ids }) => {
      if (!ids.every((near) => near.every(isHeard))) return [];
      const parts = ids.map((near) =>
        together(
          words,
          near.map((id) => sides.get(id) ?? []),
          open,
        ),
      );
      return parts.every((spans) => spans.length > 0) ? [{ phrase: phrase.text, parts }] : [];
    });
  }

  /** Every place of every phrase of one part. */
  spans(words: readonly Word[], open = false): Span[] {
    return this.find(words, open).flatMap(({ parts }) => parts[0]!);
  }

  #sides(words: readonly Word[], open: boolean): Map<number, Span[]> {
    const found = new Map<number, Span[]>();
    const said = saidIn(words);
    const hopeless = new Set<number>();
    words.forEach((word, at) => {
      for (const { side, id } of this.#candidates(word)) {
        if (hopeless.has(id)) continue;
        if (!open && !found.has(id) && !said.allows(side)) {
          hopeless.add(id);
          continue;
        }
        const span = spanAt(words, at, side, open);
        if (span) listAt(found, id).push(span);
      }
    });
    return found;
  }

  /** Kept for each word: the same ones come again with every partial. */
  #candidates(word: Word): ReadonlySet<Entry> {
    const known = this.#known.get(word.word);
    if (known) return known;
    const entries = word.forms.flatMap((form) => this.#exact.get(form) ?? []);
    for (const { stem, entry } of this.#stems.get(word.word.slice(0, 2)) ?? []) {
      if (word.word.startsWith(stem)) entries.push(entry);
    }
    const candidates = new Set(entries);
    if (this.#known.size > 5000) this.#known.clear();
    this.#known.set(word.word, candidates);
    return candidates;
  }
}

/** The sides of a part near each other in one sentence, with no "but" between them, in whatever order. */
function together(words: readonly Word[], sides: readonly (readonly Span[])[], open: boolean): Span[] {
  const [first = [], ...rest] = sides;
  return rest.reduce<readonly Span[]>(
    (spans, side) => spans.flatMap((a) => side.flatMap((b) => joined(words, a, b, open))),
    first,
  ) as Span[];
}

function joined(words: readonly Word[], a: Span, b: Span, open: boolean): Span[] {
  const [left, right] = a.start <= b.start ? [a, b] : [b, a];
  if (right.start < left.end || right.start - left.end > nearby) return [];
  if (words[left.start]!.sentence !== words[right.start]!.sentence) return [];
  if (words.slice(left.end, right.start).some(({ word }) => word === 'but')) return [];
  const isOpen = open && (a.open ?? b.open);
  return [
    { start: left.start, end: right.end, own: [...left.own, ...right.own], ...(isOpen && { open: isOpen }) },
  ];
}

function spanAt(words: readonly Word[], start: number, side: Side, open: boolean): Span | undefined {
  const own = matchFrom(words, start, side, [], open);
  if (!own) return undefined;
  const end = own.at(-1)! + 1;
  return end > words.length
    ? { start, end: words.length, own: own.filter((at) => at < words.length), open: true }
    : { start, end, own };
}

/** The words that `side` names, from `at` on; a place behind the last word when they ran out and that is allowed. */
function matchFrom(
  words: readonly Word[],
  at: number,
  [element, ...rest]: Side,
  own: readonly number[],
  open: boolean,
): readonly number[] | undefined {
  if (!element) return own;
  if ('gap' in element) return acrossGap(words, at, rest, own, open && at < words.length);
  for (const one of element.any) {
    const taken = take(words, at, one, own, open);
    if (taken === 'open') return [...own, words.length];
    const matched = taken && matchFrom(words, at + one.length, rest, [...own, ...taken], open);
    if (matched) return matched;
  }
  return optional(element) ? matchFrom(words, at, rest, own, open) : undefined;
}

const optional = (element: Element) => 'any' in element && element.optional;

function acrossGap(
  words: readonly Word[],
  at: number,
  rest: Side,
  own: readonly number[],
  open: boolean,
): readonly number[] | undefined {
  for (let skipped = 0; skipped <= longestGap; skipped++) {
    const matched = matchFrom(words, at + skipped, rest, own, open);
    if (matched) return matched;
    if (words[at + skipped] && beginsSentence(words, at + skipped)) return undefined;
  }
  return undefined;
}

function take(
  words: readonly Word[],
  at: number,
  wanted: Words,
  own: readonly number[],
  open: boolean,
): number[] | 'open' | undefined {
  const first = words[at];
  // Most fail here: nothing is allocated before.
  if (first && !isForm(first, wanted[0]!)) return undefined;
  const taken: number[] = [];
  for (let index = 0; index < wanted.length; index++) {
    const word = words[at + index];
    if (!word) return open && (taken.at(-1) ?? own.at(-1)) === words.length - 1 ? 'open' : undefined;
    if (index > 0 && !isForm(word, wanted[index]!)) return undefined;
    if (own.length + taken.length > 0 && beginsSentence(words, at + index)) return undefined;
    taken.push(at + index);
  }
  return taken;
}

const beginsSentence = (words: readonly Word[], at: number) => {
  const { mark } = words[at]!;
  return mark === '.' || mark === '?';
};

export function isForm(word: Word, wanted: string): boolean {
  return wanted.at(-1) === '*' ? word.word.startsWith(wanted.slice(0, -1)) : word.forms.includes(wanted);
}

function listAt<T>(map: Map<string, T[]>, key: string): T[];
function listAt<T>(map: Map<number, T[]>, key: number): T[];
function listAt<K, T>(map: Map<K, T[]>, key: K): T[] {
  const known = map.get(key);
  if (known) return known;
  const list: T[] = [];
  map.set(key, list);
  return list;
}
