import type { Client } from '@opensearch-project/opensearch';
import type { Embedder } from './embedding.ts';
import { knowledgeAlias } from './index-definition.ts';

interface Shelf {
  index: string;
  passages: { passageId: string; vector: readonly number[] }[];
}

/** What is further off says nothing of the question. A guess for normalised text embeddings: not measured with Bedrock's. */
const leastLikeness = 0.25;
/** As many as one search of OpenSearch gives. */
const mostPassages = 10_000;

/**
 * The passages nearest in meaning. An organisation's knowledge is some thousands of passages: all their vectors are held in memory and compared, which is
 * exact, takes a millisecond a thousand, and needs no plug-in of OpenSearch. Read anew when the alias moves.
 */
export class NearestPassages {
  readonly #openSearch: Client;
  readonly #embedder: Embedder;
  #shelf: Shelf | undefined;

  constructor(openSearch: Client, embedder: Embedder) {
    this.#openSearch = openSearch;
    this.#embedder = embedder;
  }

  /** Ids, the nearest first; none when the index was made without vectors, or with another model's. */
  async find(query: string, count: number, signal: AbortSignal): Promise<string[]> {
    const [[asked = []], { passages }] = await Promise.all([
      this.#embedder.embed([query], 'query', signal),
      this.#current(),
    ]);
    return passages
      .map(({ passageId, vector }) => ({ passageId, likeness: cosine(asked, vector) }))
      .filter(({ likeness }) => likeness >= leastLikeness)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, count)
      .map(({ passageId }) => passageId);
  }

  async #current(): Promise<Shelf> {
    const { body } = await this.#openSearch.indices.getMapping({ index: knowledgeAlias });
    const [[index, { mappings }] = ['', { mappings: undefined }]] = Object.entries(body);
    if (this.#shelf?.index === index) return this.#shelf;
    const { embeddings: model } = (mappings?._meta ?? {}) as { embeddings?: unknown };
    const passages = model === this.#embedder.model ? await this.#read(index) : [];
    return (this.#shelf = { index, passages });
  }

  async #read(index: string): Promise<Shelf['passages']> {
    const found = await this.#openSearch.search({
      index,
      body: { size: mostPassages, _source: ['passageId', 'vector'], query: { match_all: {} } },
    });
    return found.body.hits.hits.map(({ _source }) => _source as Shelf['passages'][number]);
  }
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? 0;
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return product / Math.sqrt(ofA * ofB || 1);
}
