import type { API, Client } from '@opensearch-project/opensearch';
import { ToolFailure } from '../tools/failure.ts';
import { knowledgeAlias } from './index-definition.ts';
import type { Passage } from './passages.ts';
import type { NearestPassages } from './vectors.ts';

export interface FoundPassage {
  passageId: string;
  text: string;
  speakable: string;
  score: number;
  source: { id: string; title: string; section: string };
}

/** Passages that are looked at for those that are given. */
const candidates = 30;

export interface Meaning {
  nearest: NearestPassages;
  /** Told of a search that had to do with words alone. */
  onLost: (error: unknown) => void;
}

/** The best passages, of as many documents as there are places. @throws ToolFailure `knowledge-unavailable` */
export async function searchKnowledge(
  openSearch: Client,
  query: string,
  limit: number,
  requestTimeout: number,
  meaning?: Meaning,
): Promise<FoundPassage[]> {
  try {
    const passages = meaning
      ? await byBoth(openSearch, query, requestTimeout, meaning)
      : await byWords(openSearch, query, requestTimeout);
    return spread(passages).slice(0, limit);
  } catch (error) {
    throw new ToolFailure('knowledge-unavailable', { cause: error });
  }
}

/** BM25 over what callers ask, headings and text; a word that was heard a letter wrong still counts, by less. */
async function byWords(openSearch: Client, query: string, requestTimeout: number): Promise<FoundPassage[]> {
  const fields = ['questions^2', 'title^1.5', 'section^2', 'text'];
  const body = {
    size: candidates,
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
  return hits(openSearch, body, requestTimeout);
}

/**
 * What shares words with the question and what is near it in meaning, by reciprocal rank. Meaning is an addition: when it cannot be had
 * in time, words alone answer.
 */
async function byBoth(
  openSearch: Client,
  query: string,
  requestTimeout: number,
  { nearest, onLost }: Meaning,
): Promise<FoundPassage[]> {
  const [words, near] = await Promise.all([
    byWords(openSearch, query, requestTimeout),
    nearest.find(query, candidates, AbortSignal.timeout(requestTimeout / 2)).catch((error: unknown) => {
      onLost(error);
      return [];
    }),
  ]);
  const missing = near.filter((id) => !words.some(({ passageId }) => passageId === id));
  const more =
    missing.length === 0
      ? []
      : await hits(openSearch, { size: missing.length, query: { ids: { values: missing } } }, requestTimeout);
  const rankOf = (id: string, ids: readonly string[]) => (ids.includes(id) ? 1 / (60 + ids.indexOf(id)) : 0);
  const inWords = words.map(({ passageId }) => passageId);
  return [...words, ...more]
    .map((one) => ({ ...one, score: rankOf(one.passageId, inWords) + rankOf(one.passageId, near) }))
    .sort((a, b) => b.score - a.score);
}

async function hits(
  openSearch: Client,
  body: API.Search_RequestBody,
  requestTimeout: number,
): Promise<FoundPassage[]> {
  const request = { index: knowledgeAlias, body: { ...body, _source: { excludes: ['vector'] } } };
  const found = await openSearch.search(request, { requestTimeout, maxRetries: 0 });
  return found.body.hits.hits.map((hit) => toFound(hit._source as Passage, Number(hit._score)));
}

/** The best passage of each document before the next best of any: one document would else fill all the places. */
function spread(passages: readonly FoundPassage[]): FoundPassage[] {
  const isFirst = ({ source }: FoundPassage, index: number) =>
    passages.findIndex((other) => other.source.id === source.id) === index;
  return [...passages.filter(isFirst), ...passages.filter((one, index) => !isFirst(one, index))];
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
