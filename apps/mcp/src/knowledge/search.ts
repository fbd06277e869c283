import type { Client } from '@opensearch-project/opensearch';
import { ToolFailure } from '../tools/failure.ts';
import { knowledgeAlias } from './index-definition.ts';
import type { Passage } from './passages.ts';

export interface FoundPassage {
  passageId: string;
  text: string;
  speakable: string;
  score: number;
  source: { id: string; title: string; section: string };
}

/** BM25 over what callers ask, headings and text; a word that was heard a letter wrong still counts, by less. */
export async function searchKnowledge(
  openSearch: Client,
  query: string,
  limit: number,
  requestTimeout: number,
): Promise<FoundPassage[]> {
  const fields = ['questions^2', 'title^1.5', 'section^2', 'text'];
  const body = {
    size: limit,
    query: {
      bool: {
        should: [
          { multi_match: { query, fields, type: 'most_fields' as const } },
          { multi_match: { query, fields, fuzziness: 'AUTO', prefix_length: 2, boost: 0.2 } },
        ],
        minimum_should_match: 1,
      },
    },
  };
  try {
    const found = await openSearch.search({ index: knowledgeAlias, body }, { requestTimeout, maxRetries: 0 });
    return found.body.hits.hits.map((hit) => toFound(hit._source as Passage, Number(hit._score)));
  } catch (error) {
    throw new ToolFailure('knowledge-unavailable', { cause: error });
  }
}

function toFound(passage: Passage, score: number): FoundPassage {
  const { passageId, text, speakable, documentId, title, section } = passage;
  return {
    passageId,
    text,
    speakable,
    score: Math.round(score * 1000) / 1000,
    source: { id: documentId, title, section },
  };
}
