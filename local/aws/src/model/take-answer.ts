import type { Reply, ReplyBlock } from '../bedrock/reply.ts';
import { confirmCalls, recordCalls } from './actions.ts';
import { shareOut, type Answer } from './answers.ts';
import type { Item } from './items.ts';
import { some, unclear } from './replies.ts';
import { isScrap } from './scraps.ts';
import type { Scene } from './scene.ts';
import { contentWords, keyWords, shared, trimFillers } from './text.ts';
import { isComplaint, readBackVerdict, verdictIn } from './verdict.ts';

export function takeAnswer(scene: Scene, words: string): Reply {
  if (scene.readBack) return takeVerdict(scene, words);
  const { pending, items } = scene;
  const lastRecorded = [...scene.known.keys()].at(-1);
  const shares = shareOut(words, pending, items, lastRecorded);
  const answers = shares.filter(({ item, words: said }) => {
    const about = items.find(({ id }) => id === item) ?? pending;
    // "Yes, my number is …": the yes is for nothing that was asked.
    const mereYes = shares.length > 1 && verdictIn(said)?.rest === '' && isExact(about);
    return !mereYes && !isScrap(said, about);
  });
  return some(recordCalls(scene, answers.length > 0 ? answers : unnamed(scene, words))) ?? unclear(scene);
}

/** True for items that no yes or no answers. */
function isExact(item: Item | undefined): boolean {
  return item !== undefined && ['date', 'phone', 'email', 'name', 'number'].includes(item.kind);
}

/** For tools that take a free name of the item, or none at all. */
function unnamed(scene: Scene, words: string): Answer[] {
  return scene.items.length === 0 && scene.pending === undefined && !isScrap(words, undefined)
    ? [{ item: nameFor(scene.question), words: trimFillers(words) }]
    : [];
}

/** A name for the item that a question is about: `phone_number`, never the question itself. */
function nameFor(question: string): string {
  return keyWords(question).slice(0, 4).join('_');
}

/** Yes, no, no with a new value, or a new value straight away. */
export function takeVerdict(scene: Scene, words: string): Reply {
  const verdict = readBackVerdict(words);
  const pendingId = scene.pending?.id;
  if (verdict?.yes) return agreed(scene, words, verdict.rest);
  const correction = verdict ? verdict.rest : words;
  if (!verdict && repeatsWhatWasSaid(words, scene)) return agreed(scene, words, '');
  const shares = shareOut(correction, scene.pending, scene.items, undefined);
  const own = shares.find(({ item }) => item === pendingId)?.words ?? '';
  const others = shares.filter(({ item }) => item !== pendingId);
  // "Yes, but my number is …" is about another item.
  if (verdict?.partly && own === '' && others.length > 0) return agreed(scene, words, correction);
  const value = verdict?.partly && others.length === 0 ? trimFillers(correction) : own;
  if (value === '' && !verdict) return some(recordCalls(scene, others)) ?? unclear(scene);
  const rejected =
    confirmCalls(scene, false, value) ??
    (isComplaint(value) ? confirmCalls(scene, false, '') : undefined) ??
    recordWords(scene, value === '' ? words : value);
  return [...rejected, ...recordCalls(scene, others)];
}

/** The value is right; what was said besides may answer other items. */
function agreed(scene: Scene, words: string, rest: string): Reply {
  const others = scene.items.filter(({ id }) => id !== scene.pending?.id);
  const volunteered = rest === '' ? [] : shareOut(rest, undefined, others, undefined);
  return [
    ...(confirmCalls(scene, true, '') ?? recordWords(scene, words)),
    ...recordCalls(scene, volunteered),
  ];
}

export function recordWords(scene: Scene, words: string): ReplyBlock[] {
  return scene.pending ? recordCalls(scene, [{ item: scene.pending.id, words }]) : [];
}

/** The caller says the value once more instead of a yes. */
function repeatsWhatWasSaid(words: string, { dialogue, question }: Scene): boolean {
  const said = contentWords(words);
  return said.size > 0 && shared(said, contentWords(`${dialogue.said} ${question}`)) === said.size;
}
