import { extractTextItems, getDocumentProxy, getMeta, type StructuredTextItem } from 'unpdf';
import type { KnowledgeDocument, Section } from './markdown.ts';
import { toPlainText } from './plain-text.ts';

/** A PDF's text: a section a page, so that an answer can cite it; paragraphs where lines stand further apart than within one. */
export async function readPdf(id: string, bytes: Uint8Array): Promise<KnowledgeDocument> {
  // It takes the memory that it is given: a copy is given.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  try {
    const { items } = await extractTextItems(pdf);
    const { info } = await getMeta(pdf);
    const title: unknown = (info as { Title?: unknown } | undefined)?.Title;
    const sections = items
      .map((page, index): Section => ({ heading: `Page ${index + 1}`, paragraphs: paragraphsOf(page) }))
      .filter(({ paragraphs }) => paragraphs.length > 0);
    const named = typeof title === 'string' ? toPlainText(title) : '';
    return { id, title: named || id, questions: [], sections };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

interface Line {
  y: number;
  height: number;
  text: string;
}

function paragraphsOf(items: readonly StructuredTextItem[]): string[] {
  const lines = linesOf(items);
  const paragraphs: string[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    // Line pitch is seldom more than one and a half times the letters' height.
    const goesOn =
      before !== undefined && Math.abs(before.y - line.y) < 1.7 * Math.max(before.height, line.height);
    const last = paragraphs.at(-1);
    if (!goesOn || last === undefined) paragraphs.push(line.text);
    // A word broken at the end of its line.
    else if (/\p{Ll}-$/u.test(last) && /^\p{Ll}/u.test(line.text))
      paragraphs[paragraphs.length - 1] = last.slice(0, -1) + line.text;
    else paragraphs[paragraphs.length - 1] = `${last} ${line.text}`;
  }
  return paragraphs.map(plain).filter((text) => text !== '');
}

function linesOf(items: readonly StructuredTextItem[]): Line[] {
  const lines: Line[] = [];
  for (const { str, y, height } of items) {
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.y - y) < Math.max(height, last.height) / 2) {
      last.text += str;
      last.height = Math.max(last.height, height);
    } else if (str.trim() !== '') lines.push({ y, height, text: str });
  }
  return lines.map((line) => ({ ...line, text: line.text.trim() }));
}

/** Not `toPlainText`: what looks like Markdown in a PDF is not. */
const plain = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
