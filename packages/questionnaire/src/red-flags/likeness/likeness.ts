import { statusOf } from '../context/status.ts';
import type { Span } from '../find-spans.ts';
import type { Scene } from '../scene.ts';
import { featuresOf } from './features.ts';
import { likenessModel, type Model, scaleOf } from './model.ts';
import { stretchesOf } from './stretches.ts';

/** How like a red flag the words are. */
export interface Likeness {
  flag: string;
  /** 0 to 1, of the stretch that is most like it and not denied, over, somebody else's or asked about. */
  probability: number;
}

interface Known {
  index: number;
  at: readonly number[];
}

/** Below this nobody asks what the words mean in their context. */
const unlikely = 0.1;

/**
 * A second opinion beside the phrases: logistic regression over words and pairs, for each clause, each two clauses and the whole. What it takes
 * for a mention goes through the same context rules as a phrase does.
 */
export function likenessOf(scene: Scene, model: Model = likenessModel()): Likeness[] {
  const known = featuresOf(scene.words).flatMap(({ name, at }): Known[] => {
    const index = model.index.get(name);
    return index === undefined ? [] : [{ index, at }];
  });
  const best = model.flags.map(() => 0);
  for (const { start, end } of stretchesOf(scene)) {
    const inside = known.filter(({ at }) => at[0]! >= start && at.at(-1)! < end);
    if (inside.length === 0) continue;
    model.flags.forEach((_, flag) => {
      const probability = probabilityOf(model, flag, inside);
      if (probability > Math.max(unlikely, best[flag]!) && counts(scene, model, flag, inside))
        best[flag] = probability;
    });
  }
  return model.flags.map((flag, at) => ({ flag, probability: best[at]! }));
}

function probabilityOf({ flags, weights, bias, step }: Model, flag: number, known: readonly Known[]): number {
  let sum = 0;
  for (const { index } of known) sum += weights[index * flags.length + flag]!;
  return 1 / (1 + Math.exp(-(bias[flag]! + sum * step[flag]! * scaleOf(known.length))));
}

function counts(scene: Scene, model: Model, flag: number, known: readonly Known[]): boolean {
  const mention = mentionIn(scene, model, flag, known);
  return mention !== undefined && statusOf(scene, mention) === 'affirmed';
}

/** "He won't wake up": part of what is meant, and no denial of it, where it speaks for the flag. */
const negators = /n't$|^(not|no|never|nothing|nobody|without)$/;

/** The words that weigh most for the flag, as if a phrase had named them. */
function mentionIn(scene: Scene, model: Model, flag: number, known: readonly Known[]): Span | undefined {
  const weighs = scene.words.map(() => 0);
  for (const { index, at } of known) {
    const weight = model.weights[index * model.flags.length + flag]! / at.length;
    for (const word of at) weighs[word]! += weight;
  }
  const most = Math.max(...weighs);
  if (most <= 0) return undefined;
  const own = [...weighs.keys()].filter((at) => {
    const isNegator = negators.test(scene.words[at]!.word);
    return weighs[at]! > (isNegator ? 0.15 : 0.4) * most;
  });
  return { start: own[0]!, end: own.at(-1)! + 1, own };
}
