import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { CodedError, type Fault, formatFaults } from '@vestibule/core';
import { type KnowledgeDocument, readDocument } from './markdown.ts';
import { readPdf } from './pdf.ts';

export type FolderErrorCode = 'no-documents' | 'unreadable-document';

export interface ReadFolder {
  documents: readonly KnowledgeDocument[];
  /** Files of other kinds, which were not read. */
  passedOver: readonly string[];
}

const largestBytes = 32 * 1024 * 1024;
const readers: Record<
  string,
  (id: string, bytes: Uint8Array) => KnowledgeDocument | Promise<KnowledgeDocument>
> = {
  '.md': (id, bytes) => readDocument(id, textOf(bytes)),
  '.txt': (id, bytes) => readDocument(id, textOf(bytes)),
  '.pdf': readPdf,
};

/**
 * Every Markdown, text and PDF file of a folder and the folders in it; a document's id is its path without the ending. READMEs and hidden
 * files are not of it; symbolic links are not followed.
 * @throws CodedError `no-documents`, or `unreadable-document` with every file that cannot be read, a line each.
 */
export async function readFolder(folder: string): Promise<ReadFolder> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CodedError<FolderErrorCode>('no-documents', `${folder} cannot be read`, { cause });
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(^|\/)(\.|readme)/i.test(file))
    .sort();
  const known = files.filter((file) => endingOf(file) in readers);
  const faults: Fault[] = [];
  const documents: KnowledgeDocument[] = [];
  for (const file of known) {
    const read = await readOne(folder, file);
    if ('message' in read) faults.push({ path: file, message: read.message });
    else if (documents.some(({ id }) => id === read.id))
      faults.push({ path: file, message: `another file is called ${read.id} too` });
    else documents.push(read);
  }
  if (faults.length > 0)
    throw new CodedError<FolderErrorCode>('unreadable-document', formatFaults(folder, faults));
  if (documents.length === 0)
    throw new CodedError<FolderErrorCode>('no-documents', `${folder} holds no .md, .txt or .pdf file`);
  return { documents, passedOver: files.filter((file) => !known.includes(file)) };
}

async function readOne(folder: string, file: string): Promise<KnowledgeDocument | { message: string }> {
  try {
    const bytes = await readFile(join(folder, file));
    if (bytes.length > largestBytes) return { message: 'is larger than 32 MiB' };
    const ending = endingOf(file);
    const document = await readers[ending]?.(file.slice(0, -ending.length), bytes);
    if (document && document.sections.length > 0) return document;
    return {
      message:
        ending === '.pdf' ? 'holds no text: a scan needs OCR before it can be imported' : 'holds no text',
    };
  } catch (error) {
    return { message: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be read';
  if (error.name === 'PasswordException') return 'is encrypted';
  if (error.name === 'InvalidPDFException') return 'is no PDF file, or a broken one';
  if (error.name === 'ZodError' || error.name === 'YAMLParseError') return 'its head is not as expected';
  if (error instanceof TypeError && 'code' in error) return 'is not UTF-8 text';
  return `cannot be read (${(error as NodeJS.ErrnoException).code ?? error.name})`;
}

const endingOf = (file: string) => extname(file).toLowerCase();
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
