import { parse } from 'yaml';
import { z } from 'zod';
import { toPlainText } from './plain-text.ts';

/** One document of the knowledge folder. */
export interface KnowledgeDocument {
  /** The file's name without its ending; what an answer cites. */
  id: string;
  title: string;
  /** Ways in which callers ask for it; searched, never spoken. */
  questions: readonly string[];
  sections: readonly Section[];
}
export interface Section {
  /** Empty for what stands before the first heading of the second level. */
  heading: string;
  paragraphs: readonly string[];
}

const frontMatter = z.object({
  title: z.string().min(1).optional(),
  questions: z.array(z.string().min(1)).default([]),
});
const fence = /^---\n([\s\S]*?)\n---\n/;

/** Markdown with an optional YAML head (`title`, `questions`). Plain text is one section without a heading. */
export function readDocument(id: string, source: string): KnowledgeDocument {
  const text = source.replace(/\r\n?/g, '\n');
  const head = fence.exec(text);
  const { title, questions } = frontMatter.parse(head ? (parse(head[1] ?? '') ?? {}) : {});
  const sections: { heading: string; paragraphs: string[] }[] = [{ heading: '', paragraphs: [] }];
  let firstHeading: string | undefined;
  for (const block of text.slice(head?.[0].length ?? 0).split(/\n\s*\n|\n(?=#{1,6} )|(?<=^#{1,6} .*)\n/m)) {
    const heading = /^(#{1,6}) +(.+)$/.exec(block.trim());
    if (heading) {
      const name = toPlainText(heading[2] ?? '');
      if (heading[1] === '#') firstHeading ??= name;
      else sections.push({ heading: name, paragraphs: [] });
      continue;
    }
    const paragraph = toPlainText(block);
    if (paragraph !== '') sections.at(-1)?.paragraphs.push(paragraph);
  }
  return {
    id,
    title: title ?? firstHeading ?? id,
    questions,
    sections: sections.filter(({ paragraphs }) => paragraphs.length > 0),
  };
}
