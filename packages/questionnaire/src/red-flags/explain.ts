import type { Definition, FiredRedFlag, RedFlag } from '../types.ts';
import { type Status, statusOf } from './context/status.ts';
import { lines } from './context/trigger.ts';
import { PhraseBook, type Span } from './find-spans.ts';
import { redFlagLibrary } from './library/index.ts';
import { redFlagsIn } from './match.ts';
import { Scene } from './scene.ts';

/** A place where a phrase of a red flag was said. */
export interface Mention {
  flag: string;
  /** As written in the rule. */
  phrase: string;
  /** The words between its first and its last, in lower case as they were read. */
  words: string;
  /** How it is meant: only `affirmed` can fire. `excused`: what else was said makes it about something else. */
  status: Status | 'excused';
}

/** What the red flags hear in these words: those that fire, and every mention with what held it back. For people who write rules. */
export function explainRedFlags(
  definition: Pick<Definition, 'redFlags'>,
  words: string,
): { fired: readonly FiredRedFlag[]; mentions: readonly Mention[] } {
  const fired = redFlagsIn(definition, words);
  const byPhrase = new Set(fired.flatMap(({ id, phrase }) => (phrase === undefined ? [] : [id])));
  const scene = new Scene(words);
  const mentions = definition.redFlags.flatMap((flag) => mentionsOf(flag, scene, byPhrase.has(flag.id)));
  return { fired, mentions };
}

/** The longest mention for each status: twenty phrases may hear the same words. */
function mentionsOf(flag: RedFlag, scene: Scene, fires: boolean): Mention[] {
  const longest = new Map<Mention['status'], { mention: Mention; length: number }>();
  for (const { phrase, parts } of bookOf(flag).find(scene.words)) {
    const isMet = parts.every((spans) => spans.some((span) => statusOf(scene, span) === 'affirmed'));
    for (const span of parts.flat()) {
      const meant = statusOf(scene, span);
      // Of a phrase of several parts, what is meant of one says nothing while another is denied.
      if (meant === 'affirmed' && !isMet) continue;
      // The matcher has the last word: it knows exceptions of the library that hold back what is plainly said.
      const status: Mention['status'] = meant === 'affirmed' && !fires ? 'excused' : meant;
      const length = span.end - span.start;
      if (length <= (longest.get(status)?.length ?? 0)) continue;
      const mention = { flag: flag.id, phrase, words: wordsOf(scene, span), status };
      longest.set(status, { mention, length });
    }
  }
  return [...longest.values()].map(({ mention }) => mention);
}

function wordsOf({ words }: Scene, { start, end }: Span): string {
  return words
    .slice(start, end)
    .map(({ word }) => word)
    .join(' ');
}

const books = new WeakMap<RedFlag, PhraseBook>();

function bookOf(flag: RedFlag): PhraseBook {
  const known = books.get(flag);
  if (known) return known;
  const shared = redFlagLibrary.get(flag.library ?? '');
  const book = new PhraseBook([...flag.phrases, ...lines(shared?.phrases ?? '')]);
  books.set(flag, book);
  return book;
}
