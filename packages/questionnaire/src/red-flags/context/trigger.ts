import { PhraseBook, type Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';

/** How far a trigger term reaches: its clause, its sentence, or the sentence and those it looks back on. */
export type Reach = 'clause' | 'sentence' | 'next';

/**
 * Trigger terms in the manner of ConText: Harkema et al., "ConText: an algorithm for determining negation, experiencer,
 * and temporal status from clinical reports", J Biomed Inform 42 (2009) 839-851; NegEx: Chapman et al., J Biomed Inform 34
 * (2001) 301-310. What differs on the telephone: no reliable full stops, so clauses also end at new subjects.
 */
export class Triggers {
  readonly #book: PhraseBook;
  readonly #reach: Reach;
  readonly #side: 'before' | 'either';

  constructor(reach: Reach, side: 'before' | 'either', phrases: string) {
    this.#book = new PhraseBook(lines(phrases));
    this.#reach = reach;
    this.#side = side;
  }

  /** The trigger terms that reach `mention`. */
  reaching(scene: Scene, mention: Span): Span[] {
    return scene.cues(this.#book).filter((cue) => this.#reaches(scene, cue, mention));
  }

  reach(scene: Scene, mention: Span): boolean {
    return this.reaching(scene, mention).length > 0;
  }

  #reaches(scene: Scene, cue: Span, mention: Span): boolean {
    if (this.#side === 'before' && cue.start > mention.start) return false;
    if (this.#reach === 'next') return scene.sameSentence(mention, cue, 1);
    if (this.#reach === 'sentence') return scene.sameSentence(mention, cue);
    return scene.sameClause(mention, cue);
  }
}

export function lines(phrases: string): string[] {
  return phrases
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
