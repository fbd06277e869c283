import type { Word } from '../utterance.ts';

/** Something said that weighs for or against a flag, and the words it consists of. */
export interface Feature {
  name: string;
  at: readonly number[];
}

/** Words back to which a pair reaches. */
const span = 5;

/** Words, their stems, neighbours, and pairs and triples of stems; each once. */
export function featuresOf(words: readonly Word[]): Feature[] {
  const features = new Map<string, Feature>();
  const add = (name: string, ...at: number[]) => {
    if (!features.has(name)) features.set(name, { name, at });
  };
  const stems = words.map(({ word }) => stemOf(word));
  words.forEach(({ word }, at) => {
    const before = words[at - 1]?.word;
    add(`w${word}`, at);
    add(`s${stems[at]}`, at);
    add(`b${before ?? '^'} ${word}`, ...(before === undefined ? [at] : [at - 1, at]));
    for (let from = Math.max(0, at - span); from < at; from++) add(`k${stems[from]} ${stems[at]}`, from, at);
    if (at > 1) add(`t${stems[at - 2]} ${stems[at - 1]} ${stems[at]}`, at - 2, at - 1, at);
  });
  return [...features.values()];
}

const stemOf = (word: string) =>
  word
    .replace(/'s$/, '')
    .replace(/(ing|ed|es|s|in)$/, '')
    .replace(/(.)\1$/, '$1');
