import { ended } from './phrases.ts';
import { contentWords, sentencesOf, shared } from './text.ts';

/** A piece of what a search returned. */
interface Passage {
  /** What may be said of it. */
  readonly text: string;
  /** All that tells what it is about: its text, its title, the section it stands in. */
  readonly about: string;
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
const longestAnswer = 300;
const aboutKeys = ['title', 'section', 'heading', 'topic', 'question'];

/**
 * One sentence to say of a search's result, or undefined when nothing in it has to do with the question. Of passages
 * that fit alike the first is taken: searches put the best first.
 */
export function answerFrom(document: unknown, text: string, question: string): string | undefined {
  const wanted = contentWords(question);
  const passages = document === undefined ? [{ text, about: text }] : passagesOf(document, '');
  const scored = passages.map((passage) => ({ passage, score: shared(wanted, contentWords(passage.about)) }));
  const best = scored.reduce<{ passage?: Passage; score: number }>(
    (top, one) => (one.score > top.score ? one : top),
    { score: 0 },
  );
  return best.passage && sentenceOf(best.passage, wanted);
}

/** The sentence that shares most with the question; never a question itself, as in lists of questions and answers. */
function sentenceOf({ text }: Passage, wanted: ReadonlySet<string>): string | undefined {
  const told = sentencesOf(text.replace(/[#*_`>|]+/g, ' ').replace(/\s+/g, ' ')).filter(
    (sentence) => !sentence.endsWith('?'),
  );
  const scores = told.map((sentence) => shared(wanted, contentWords(sentence)));
  const sentence = told[scores.indexOf(Math.max(...scores))];
  return sentence && ended(shortened(sentence.replace(/^a(?:nswer)?:\s*/i, '')));
}

function shortened(sentence: string): string {
  if (sentence.length <= longestAnswer) return sentence;
  return sentence.slice(0, longestAnswer).replace(/[\s,;:]+\S*$/, '');
}

function passagesOf(value: unknown, around: string): Passage[] {
  if (typeof value === 'string') return [{ text: value, about: `${around} ${value}` }];
  if (Array.isArray(value)) return value.flatMap((one) => passagesOf(one, around));
  if (typeof value !== 'object' || value === null) return [];
  const entry = value as Record<string, unknown>;
  const textAt = (keys: readonly string[]) =>
    keys.map((key) => entry[key]).find((one) => typeof one === 'string' && one.trim() !== '') as
      string | undefined;
  const text = textAt([...speakableKeys, ...textKeys]);
  const about = `${around} ${subjectOf(entry)} ${subjectOf(entry['source'])}`;
  if (text !== undefined) return [{ text, about: `${about} ${text} ${textAt(textKeys) ?? ''}` }];
  return Object.values(entry)
    .filter((one) => typeof one === 'object')
    .flatMap((one) => passagesOf(one, about));
}

function subjectOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const entry = value as Record<string, unknown>;
  return aboutKeys
    .map((key) => entry[key])
    .filter((one) => typeof one === 'string')
    .join(' ');
}
