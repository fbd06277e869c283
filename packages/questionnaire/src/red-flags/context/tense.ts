import { wordSet } from '../clauses.ts';
import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';

const present = wordSet(
  `can't won't hurts is are am i'm he's she's it's they're having hurting feels feel keeps keep hurt's don't isn't doesn't
   turning gasping choking i've got getting aches bleeding's there's we're wants want cannot`,
);
const past = wordSet(
  `had was were got did took fell went came lost threw used couldn't wasn't didn't gave ate drank died passed suffered woke broke
   survived swallowed stopped knocked happened turned found`,
);
/** Regular past forms look like these, with exceptions that describe a state. */
const state = wordSet(
  'slurred garbled confused swollen swelled scared numbed bled blocked need bed red crooked constricted need speed indeed infected',
);

export type Tense = 'present' | 'past' | 'none';

/** The tense of a mention: of its own words, else of the nearest verb before it in its clause. */
export function tenseOf(scene: Scene, { start, own }: Span): Tense {
  const mine = own.map((at) => scene.words[at]!.word);
  if (mine.some((word) => present.has(word))) return 'present';
  if (mine.some(isPast)) return 'past';
  for (let at = start - 1; at >= scene.clauseStart(start); at--) {
    const { word } = scene.words[at]!;
    if (present.has(word)) return 'present';
    if (isPast(word)) return 'past';
  }
  return 'none';
}

export function isPast(word: string): boolean {
  return past.has(word) || (/...ed$/.test(word) && !state.has(word));
}
