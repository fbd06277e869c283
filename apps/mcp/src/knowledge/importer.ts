import { randomBytes } from 'node:crypto';
import type { Client } from '@opensearch-project/opensearch';
import { type Clock, CodedError } from '@vestibule/core';
import type { Embedder } from './embedding.ts';
import { type FolderErrorCode, readFolder } from './folder.ts';
import { knowledgeAlias, knowledgeIndex } from './index-definition.ts';
import { type Passage, passagesOf } from './passages.ts';

export type ImportErrorCode = FolderErrorCode | 'index-refused';
/** Passages a request: some hundreds of kilobytes. */
const bulkSize = 500;

export interface ImportResult {
  index: string;
  documents: number;
  passages: number;
  /** Files of other kinds, which were not read. */
  passedOver: readonly string[];
}

/**
 * Indexes a folder's documents into a fresh index, then points the alias at it in one step: searches see the old
 * documents until they see all the new ones. Old indices go last, and a failed import leaves the old ones in force.
 * @throws CodedError ImportErrorCode
 */
export async function importKnowledge(
  folder: string,
  openSearch: Client,
  clock: Pick<Clock, 'now'>,
  embedder?: Embedder,
): Promise<ImportResult> {
  const { documents, passedOver } = await readFolder(folder);
  const passages = await withVectors(documents.flatMap(passagesOf), embedder);
  const index = `${knowledgeAlias}-${clock.now()}-${randomBytes(3).toString('hex')}`;
  await openSearch.indices.create({ index, body: knowledgeIndex(embedder?.model) });
  let old: string[];
  try {
    await fill(openSearch, index, passages);
    old = await swap(openSearch, index);
  } catch (error) {
    await openSearch.indices.delete({ index, ignore_unavailable: true });
    throw error;
  }
  if (old.length > 0) await openSearch.indices.delete({ index: old.join(','), ignore_unavailable: true });
  return { index, documents: documents.length, passages: passages.length, passedOver };
}

type Indexed = Passage & { vector?: number[] };

async function withVectors(passages: Passage[], embedder: Embedder | undefined): Promise<Indexed[]> {
  if (!embedder) return passages;
  const texts = passages.map(({ title, section, text }) => [title, section, text].filter(Boolean).join('. '));
  const vectors = await embedder.embed(texts, 'document');
  return passages.map((passage, index) => ({ ...passage, vector: vectors[index] ?? [] }));
}

async function fill(openSearch: Client, index: string, passages: readonly Indexed[]): Promise<void> {
  for (let from = 0; from < passages.length; from += bulkSize) {
    const { body } = await openSearch.bulk({
      index,
      body: passages
        .slice(from, from + bulkSize)
        .flatMap((passage) => [{ index: { _id: passage.passageId } }, passage]),
    });
    if (body.errors)
      throw new CodedError<ImportErrorCode>('index-refused', 'OpenSearch refused some of the passages');
  }
  await openSearch.indices.refresh({ index });
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
