import { soundLikeness, soundsOf } from './sounds.ts';
import { contentWords, likeness, stemOf, wordsOf } from './words.ts';

/** An item the person can recognise, with the wordings that mean it is being asked. */
export interface Candidate {
  readonly item: string;
  readonly cues: readonly string[];
}

export interface Match {
  item: string;
  /** 0 nothing of any cue was heard, 1 all of one was. */
  score: number;
}

/** Below this a match is more likely chance than question (bench/personas/hearing.ts measures it). */
export const matchThreshold = 0.45;

/**
 * Ranks the candidates by how much of their cue's meaning was heard. Two ways, because what was heard is what a recogniser
 * made of telephone audio: by words, where each content word weighs by its rarity over all cues ("name" in four
 * prompts says little, "allergies" in one says nearly everything); and by the sound of the whole cue, which survives
 * when most words are wrong.
 */
export function rankCues(heard: string, candidates: readonly Candidate[]): Match[] {
  const words = wordsOf(heard);
  const sounds = soundsOf(words);
  const weight = rarity(candidates);
  const scoreOf = (cue: string) => {
    const [byWords, bySound] = [wordScore(cue, words, weight), soundScore(cue, sounds)];
    return 0.9 * Math.max(byWords, bySound) + 0.1 * Math.min(byWords, bySound);
  };
  return candidates
    .map(({ item, cues }) => ({ item, score: Math.max(0, ...cues.map(scoreOf)) }))
    .sort((a, b) => b.score - a.score);
}

/**
 * Chance finds short cues more easily: over 63 prompts, 97 of 100 unrelated pairs were less alike than 0.6 + 1.7/length.
 * That likeness scores as the threshold, and a perfect one as 1.
 */
function soundScore(cue: string, heard: string): number {
  const sounds = soundsOf(wordsOf(cue));
  const chance = 0.6 + 1.7 / sounds.length;
  if (chance >= 0.9) return 0;
  const excess = (soundLikeness(sounds, heard) - chance) / (1 - chance);
  return Math.max(0, matchThreshold + (1 - matchThreshold) * excess);
}

function wordScore(cue: string, heard: readonly string[], weight: (word: string) => number): number {
  const wanted = [...new Set(wordsOf(cue))];
  const total = wanted.reduce((sum, word) => sum + weight(word), 0);
  const found = wanted.reduce(
    (sum, word) => sum + weight(word) * Math.max(0, ...heard.map((other) => likeness(word, other))),
    0,
  );
  return total === 0 ? 0 : found / total;
}

/** What "which" and "any" say beside content words: enough to tell two questions about the same thing apart. */
const functionWeight = 0.12;

function rarity(candidates: readonly Candidate[]): (word: string) => number {
  const itemsWith = new Map<string, number>();
  for (const { cues } of candidates) {
    for (const stem of new Set(cues.flatMap(contentWords).map(stemOf))) {
      itemsWith.set(stem, (itemsWith.get(stem) ?? 0) + 1);
    }
  }
  return (word) => {
    const items = itemsWith.get(stemOf(word));
    return items === undefined ? functionWeight : Math.log(1 + candidates.length / items) + 0.1;
  };
}
