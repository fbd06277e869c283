/** The name that searches use; behind it stands one index per import. */
export const knowledgeAlias = 'knowledge';

const english = { type: 'text', analyzer: 'english' } as const;
const shown = { type: 'keyword', index: false, doc_values: false } as const;

/** BM25 (the default similarity) over stemmed English. */
export const knowledgeIndex = {
  settings: { index: { number_of_shards: 1, auto_expand_replicas: '0-1' } },
  mappings: {
    dynamic: 'strict',
    properties: {
      passageId: { type: 'keyword' },
      documentId: { type: 'keyword' },
      title: english,
      section: english,
      text: english,
      questions: english,
      speakable: shown,
      position: { type: 'integer' },
    },
  },
} as const;
