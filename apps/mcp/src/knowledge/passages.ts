import type { KnowledgeDocument } from './markdown.ts';
import { sentences, speakable } from './plain-text.ts';

/** What is indexed and found: a few sentences of one section. */
export interface Passage {
  /** `parking#2`: stable while the document is. */
  passageId: string;
  documentId: string;
  title: string;
  section: string;
  text: string;
  /** What a voice can say of it: its first one or two sentences. */
  speakable: string;
  questions: readonly string[];
  /** Place in the document, from 0. */
  position: number;
}

/** A passage this long is about half a minute of speech; what is longer is cut between sentences. */
const longestPassage = 400;

export function passagesOf(document: KnowledgeDocument): Passage[] {
  const { id, title, questions } = document;
  return document.sections
    .flatMap(({ heading, paragraphs }) =>
      paragraphs.flatMap((paragraph) => cut(paragraph).map((text) => ({ section: heading, text }))),
    )
    .map(({ section, text }, position) => ({
      passageId: `${id}#${position}`,
      documentId: id,
      title,
      section,
      text,
      speakable: speakable(text),
      questions,
      position,
    }));
}

function cut(paragraph: string): string[] {
  const pieces: string[] = [];
  for (const sentence of sentences(paragraph)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + 1 + sentence.length <= longestPassage) {
      pieces[pieces.length - 1] = `${last} ${sentence}`;
    } else pieces.push(sentence);
  }
  return pieces;
}
