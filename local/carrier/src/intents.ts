import { likeness, wordsOf } from './words.ts';
import { checkableTokens } from './numbers.ts';

/** What the agent may want besides an item. */
export type Intent = 'goodbye' | 'readBack' | 'consent' | 'anythingElse' | 'repeat' | 'wait';

/**
 * Each wording is a list of words that must be heard in this order, at most two others between neighbours. They are
 * what a recogniser makes of the agent's phrases, so every intent has several.
 */
const wordings: Record<Intent, readonly string[]> = {
  goodbye: [
    'goodbye',
    'good bye',
    'bye bye',
    'have nice day',
    'have good day',
    'have great day',
    'take care',
  ],
  readBack: [
    'is that right',
    'is that correct',
    'is this right',
    'is this correct',
    'did i get that',
    'did i hear that',
    'have i got that',
    'i have that right',
    'does that sound right',
    'let me read that back',
    'let me confirm',
  ],
  consent: ['may record', 'recorded', 'recording', 'record call', 'record conversation', 'agree record'],
  anythingElse: ['anything else', 'any other questions', 'something else'],
  repeat: [
    'sorry did not understand',
    'sorry did not catch',
    'sorry did not get',
    'sorry did not hear',
    'didnt catch that',
    'didnt understand',
    'didnt get that',
    'say that again',
    'repeat that',
    'one more time',
    'still there',
  ],
  wait: ['one moment', 'just moment', 'one second', 'hold on', 'bear with me', 'let me look', 'let me check'],
};

/** Only here an intent counts: a closing or a read-back is asked at the end of a turn, not told in its middle. */
const tailWords: Partial<Record<Intent, number>> = { goodbye: 6, readBack: 7, anythingElse: 12 };

/** Words that two intents would share by likeness must match exactly when this short. */
const fuzzyFrom = 5;

export function hasIntent(intent: Intent, heard: string): boolean {
  const words = wordsOf(heard);
  const tail = words.slice(-(tailWords[intent] ?? words.length));
  return wordings[intent].some((wording) => containsInOrder(tail, wordsOf(wording)));
}

function containsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => {
    let at = start;
    return wanted.every((word, index) => {
      const reach = words.slice(at, index === 0 ? at + 1 : at + 3);
      const found = reach.findIndex((other) => same(word, other));
      at += found + 1;
      return found >= 0;
    });
  });
}

function same(wanted: string, heard: string): boolean {
  return (
    wanted === heard ||
    (wanted.length >= fuzzyFrom && heard.length >= fuzzyFrom && likeness(wanted, heard) === 1)
  );
}

/**
 * Whether a read-back agrees with what was answered. `unsure` when there is too little in it to tell: names, or a
 * stretch that was not understood. Dates and numbers are compared as digits with room for a recogniser's slips.
 */
export function compareReadBack(heard: string, answer: string): 'agrees' | 'differs' | 'unsure' {
  const expected = checkableTokens(answer);
  const found = checkableTokens(heard);
  if (expected.length < 2 || found.length === 0) return 'unsure';
  const common = expected.length + found.length - indelDistance(expected, found);
  const share = common / 2 / expected.length;
  if (share >= 0.7) return 'agrees';
  return found.length >= expected.length * 0.8 ? 'differs' : 'unsure';
}

/** Insertions and deletions only: a substitution costs both. */
function indelDistance(a: readonly string[], b: readonly string[]): number {
  let low = Array.from({ length: b.length + 1 }, () => 0);
  for (const left of a) {
    const next = [0];
    for (const [j, right] of b.entries()) {
      next.push(left === right ? (low[j] ?? 0) + 1 : Math.max(low[j + 1] ?? 0, next[j] ?? 0));
    }
    low = next;
  }
  return a.length + b.length - 2 * (low[b.length] ?? 0);
}
