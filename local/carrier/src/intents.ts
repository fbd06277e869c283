import { likeness, wordsOf } from './words.ts';

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
