import { wordSet } from './clauses.ts';
import type { Span } from './find-spans.ts';
import { tenseOf } from './context/tense.ts';
import type { Scene } from './scene.ts';

/** Words after which nothing that turns a mention round is waited for, and how many when they break off in the middle. */
const patience = 3;
const longest = 7;
const hanging = wordSet(
  `when was were a an the that of in my his her last on by from years year months couple few some at about after before
   if while back with but once and told saw heard this`,
);

/**
 * Whether the next words can no longer turn the mention round. What is told in the past ("I passed out … in high
 * school") waits for three words, or until what they begin is said; what is told in the present fires at once, as "no" comes before what it denies.
 */
export function isSettled(scene: Scene, mention: Span): boolean {
  if (tenseOf(scene, mention) === 'present') return true;
  const more = scene.words.length - mention.end;
  return more >= longest || (more >= patience && !hanging.has(scene.words.at(-1)!.word));
}
