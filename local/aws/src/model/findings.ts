import { ended } from './phrases.ts';
import { contentWords, sentencesOf, shared } from './text.ts';

/** A piece of what a search returned. */
interface Passage {
  readonly text: string;
  /** True when it was written to be said. */
  readonly speakable: boolean;
}

const speakableKeys = ['speakable', 'spoken', 'answer', 'summary'];
const textKeys = [
  'text',
  'content',
  'snippet',
  'passage',
  'body',
  'excerpt',
  'description',
  'value',
  'message',
];
const longestAnswer = 260;

/** What to say of a search's result, or undefined when nothing in it has to do with the question. */
export function answerFrom(document: unknown, text: string, question: string): string | undefined {
  const wanted = contentWords(question);
  const passages = document === undefined ? [{ text, speakable: false }] : passagesOf(document);
  const scored = passages.map((passage) => ({ passage, score: shared(wanted, contentWords(passage.text)) }));
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), {
    passage: { text: '', speakable: false },
    score: 0,
  });
  if (best.score === 0) return undefined;
  return best.passage.speakable
    ? shorten(sentencesOf(best.passage.text))
    : mostRelevant(best.passage.text, wanted);
}

/** The sentence that shares most with the question, and the one after it while that is short. */
function mostRelevant(text: string, wanted: ReadonlySet<string>): string {
  const sentences = sentencesOf(text.replace(/[#*_`>|]+/g, ' ').replace(/\s+/g, ' '));
  const scores = sentences.map((sentence) => shared(wanted, contentWords(sentence)));
  const at = scores.indexOf(Math.max(...scores));
  return shorten(sentences.slice(at, at + 2));
}

function shorten(sentences: readonly string[]): string {
  const kept: string[] = [];
  for (const sentence of sentences) {
    if (kept.length > 0 && [...kept, sentence].join(' ').length > longestAnswer) break;
    kept.push(ended(sentence));
  }
  return kept.join(' ');
}

function passagesOf(value: unknown): Passage[] {
  if (typeof value === 'string') return [{ text: value, speakable: false }];
  if (Array.isArray(value)) return value.flatMap(passagesOf);
  if (typeof value !== 'object' || value === null) return [];
  const entry = value as Record<string, unknown>;
  for (const [keys, speakable] of [
    [speakableKeys, true],
    [textKeys, false],
  ] as const) {
    const text = keys.map((key) => entry[key]).find((one) => typeof one === 'string' && one.trim() !== '');
    if (typeof text === 'string') return [{ text, speakable }];
  }
  return Object.values(entry)
    .filter((one) => typeof one === 'object')
    .flatMap(passagesOf);
}
