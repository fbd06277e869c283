import { clausesOf } from './clauses.ts';
import type { PhraseBook, Span } from './find-spans.ts';
import { readWords, type Word } from './utterance.ts';

/** What was said, divided once; the context modules read it. */
export class Scene {
  readonly words: readonly Word[];
  readonly clauses: readonly number[];
  readonly #endsAsked: boolean;
  readonly #cues = new Map<PhraseBook, readonly Span[]>();

  constructor(said: string) {
    this.words = readWords(said);
    this.clauses = clausesOf(this.words);
    this.#endsAsked = /\?\W*$/.test(said);
  }

  /** Where the phrases of a context module were said. */
  cues(book: PhraseBook): readonly Span[] {
    const known = this.#cues.get(book);
    if (known) return known;
    const spans = book.spans(this.words);
    this.#cues.set(book, spans);
    return spans;
  }

  sentenceOf(span: Span): number {
    return this.words[span.start]!.sentence;
  }

  /** Whether both begin in the same sentence; with `further`, also when `b` begins in one of the next ones. */
  sameSentence(a: Span, b: Span, further = 0): boolean {
    const apart = this.sentenceOf(b) - this.sentenceOf(a);
    return apart >= 0 && apart <= further;
  }

  /** Whether a clause is shared: the two begin or end in the same one. */
  sameClause(a: Span, b: Span): boolean {
    const [a1, a2, b1, b2] = [a.start, a.end - 1, b.start, b.end - 1].map((at) => this.clauses[at]!);
    return a1! <= b2! && b1! <= a2!;
  }

  /** The first word of the clause that `at` stands in. */
  clauseStart(at: number): number {
    return this.clauses.indexOf(this.clauses[at]!);
  }

  sentenceStart(at: number): number {
    const { sentence } = this.words[at]!;
    return this.words.findIndex((word) => word.sentence === sentence);
  }

  /** Index behind the last word of the sentence that `at` stands in. */
  sentenceEnd(at: number): number {
    const { sentence } = this.words[at]!;
    const next = this.words.findIndex((word) => word.sentence > sentence);
    return next === -1 ? this.words.length : next;
  }

  /** Whether the sentence of `at` ended in a question mark. */
  isAsked(at: number): boolean {
    const end = this.sentenceEnd(at);
    return end === this.words.length ? this.#endsAsked : this.words[end]!.mark === '?';
  }

  some(from: number, to: number, wanted: ReadonlySet<string>): boolean {
    for (let at = Math.max(0, from); at < Math.min(to, this.words.length); at++) {
      if (wanted.has(this.words[at]!.word)) return true;
    }
    return false;
  }
}
