import { readFileSync } from 'node:fs';

/** What scripts/train-likeness.ts writes. */
export interface ModelFile {
  flags: string[];
  /** Logit of a flag when nothing is known of the words. */
  bias: number[];
  /** What one step of a weight is worth, for each flag. */
  step: number[];
  features: string[];
  /** Signed bytes in base64: the weights of the first feature for every flag, then those of the second. */
  weights: string;
}

export interface Model extends Omit<ModelFile, 'features' | 'weights'> {
  index: ReadonlyMap<string, number>;
  weights: Int8Array;
}

let known: Model | undefined;

/** Read at the first use: it is generated, and a quarter of a megabyte. */
export function likenessModel(): Model {
  known ??= modelFrom(
    JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')) as ModelFile,
  );
  return known;
}

export function modelFrom({ features, weights, ...rest }: ModelFile): Model {
  return {
    ...rest,
    index: new Map(features.map((name, at) => [name, at])),
    weights: new Int8Array(Buffer.from(weights, 'base64')),
  };
}

/** Few features say little: below this many the sum is not scaled up. */
const least = 16;

/** What each is worth, when `count` features are known. */
export const scaleOf = (count: number) => 1 / Math.sqrt(Math.max(least, count));
