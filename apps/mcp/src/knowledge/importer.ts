import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import { type Clock, CodedError } from '@vestibule/core';
import { knowledgeAlias, knowledgeIndex } from './index-definition.ts';
import { readDocument } from './markdown.ts';
import { type Passage, passagesOf } from './passages.ts';

export type ImportErrorCode = 'no-documents' | 'unreadable-document' | 'index-refused';
export interface ImportResult {
  index: string;
  documents: number;
  passages: number;
}

/**
 * Indexes a folder's Markdown and text files into a fresh index, then points the alias at it in one step: searches see the old
 * documents until they see all the new ones. Old indices go last, and a failed import leaves the old ones in force.
 * @throws CodedError ImportErrorCode
 */
export async function importKnowledge(
  folder: string,
  openSearch: Client,
  clock: Pick<Clock, 'now'>,
): Promise<ImportResult> {
  const documents = await readFolder(folder);
  const passages = documents.flatMap(passagesOf);
  const index = `${knowledgeAlias}-${clock.now()}-${randomBytes(3).toString('hex')}`;
  await openSearch.indices.create({ index, body: knowledgeIndex });
  try {
    await fill(openSearch, index, passages);
    const old = await swap(openSearch, index);
    if (old.length > 0) await openSearch.indices.delete({ index: old.join(','), ignore_unavailable: true });
  } catch (error) {
    await openSearch.indices.delete({ index, ignore_unavailable: true });
    throw error;
  }
  return { index, documents: documents.length, passages: passages.length };
}

async function readFolder(folder: string) {
  const files = (await readdir(folder)).filter(
    (file) => ['.md', '.txt'].includes(extname(file)) && !/^readme/i.test(file),
  );
  if (files.length === 0) {
    throw new CodedError<ImportErrorCode>('no-documents', `${folder} holds no .md or .txt file`);
  }
  return Promise.all(
    files.sort().map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      try {
        return readDocument(basename(file, extname(file)), text);
      } catch (cause) {
        throw new CodedError<ImportErrorCode>('unreadable-document', `${file}: its head is not as expected`, {
          cause,
        });
      }
    }),
  );
}

async function fill(openSearch: Client, index: string, passages: readonly Passage[]): Promise<void> {
  const { body } = await openSearch.bulk({
    index,
    refresh: true,
    body: passages.flatMap((passage) => [{ index: { _id: passage.passageId } }, passage]),
  });
  if (body.errors) {
    throw new CodedError<ImportErrorCode>('index-refused', 'OpenSearch refused some of the passages');
  }
}

/** Gives back the indices that the alias left. */
async function swap(openSearch: Client, index: string): Promise<string[]> {
  const exists = await openSearch.indices.existsAlias({ name: knowledgeAlias });
  const old = exists.body
    ? Object.keys((await openSearch.indices.getAlias({ name: knowledgeAlias })).body)
    : [];
  await openSearch.indices.updateAliases({
    body: {
      actions: [
        ...old.map((one) => ({ remove: { index: one, alias: knowledgeAlias } })),
        { add: { index, alias: knowledgeAlias } },
      ],
    },
  });
  return old;
}
