import { readBackPrompt } from '../speak/spoken.ts';
import type { AnswerValue, Item } from '../types.ts';

/** Seconds of a call that a question takes, and what they are made of. README, "How long a call takes", has the sources. */
export const callTime = {
  /** Of prompts and answers: the usual rate of English in conversation. */
  wordsPerMinute: 150,
  /** From the caller's last word to the next sentence: median of `bench/personas` on one machine (2,166 ms). */
  turnSeconds: 2.2,
  /** Until a caller begins to answer. An assumption. */
  beginSeconds: 0.6,
} as const;

/** Words of an answer: medians of the labelled answers in `labels/answers`, by what is asked for; free text is an assumption. */
const answerWords: Record<string, number> = {
  boolean: 3,
  choice: 3,
  'open-choice': 3,
  integer: 3,
  decimal: 4,
  quantity: 4,
  date: 4,
  'partial-date': 3,
  time: 3,
  dateTime: 6,
  name: 7,
  phone: 10,
  email: 9,
  code: 7,
  address: 11,
  duration: 3,
  string: 5,
  text: 15,
};

/** A value of that form, to measure a read-back by. */
const sampleValues: Record<string, AnswerValue> = {
  phone: '+15550100123',
  email: 'mary.smith@mail.example',
  name: 'Mary Smith',
  code: 'ABC123',
  date: '1985-03-03',
  dateTime: '2026-03-03T09:30:00',
  time: '09:30:00',
  boolean: true,
  integer: 7,
  decimal: 98.6,
  address: '12 Main Street, Springfield, IL 62701',
  duration: 'P14D',
};

/** Seconds for one question, answered at the first attempt; with its read-back, where it is always read back. */
export function secondsOf(item: Item): number {
  const asked = speaking(item.prompt) + answering(answerWords[formOf(item)] ?? answerWords.text!);
  if (item.readBack !== 'always') return asked;
  return (
    asked + speaking(readBackPrompt(item, sampleValues[formOf(item)] ?? 'three words more')) + answering(1)
  );
}

/** Seconds to say a text. */
export function speaking(text: string): number {
  return (wordCount(text) * 60) / callTime.wordsPerMinute;
}

function answering(words: number): number {
  return callTime.beginSeconds + (words * 60) / callTime.wordsPerMinute + callTime.turnSeconds;
}

const formOf = ({ form, type }: Item) => (form === 'free' ? type : form);

const wordCount = (text: string) => text.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0;
