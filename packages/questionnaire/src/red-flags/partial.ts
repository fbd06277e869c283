import { wordSet } from './clauses.ts';
import { type Tense, tenseOf } from './context/tense.ts';
import type { Span } from './find-spans.ts';
import type { Scene } from './scene.ts';

/** Words after which nothing that turns a mention round is waited for, and how many when they break off in the middle. */
const patience: Record<Tense, number> = { present: 0, none: 1, past: 3 };
const longest = 7;
const hanging = wordSet(
  `when was were a an the that of in my his her last on by from years year months couple few some at about after before
   if while back with but once and told saw heard this high grade middle`,
);

/**
 * Whether the next words can no longer turn the mention round. What is told in the past ("I passed out … in high
 * school") waits for three words, or until what they begin is said; a bare noun ("chest pain … ten years ago") for
 * one; what is told in the present fires at once, as "no" comes before what it denies.
 */
export function isSettled(scene: Scene, mention: Span): boolean {
  const wait = patience[tenseOf(scene, mention)];
  const more = scene.words.length - mention.end;
  if (wait === 0 || more >= longest) return true;
  return more >= wait && !hanging.has(scene.words.at(-1)!.word);
}
