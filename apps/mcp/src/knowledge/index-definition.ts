import type { API } from '@opensearch-project/opensearch';

/** The name that searches use; behind it stands one index per import. */
export const knowledgeAlias = 'knowledge';

/**
 * Words of talking that say nothing of a subject. Without them "are you a robot" finds robots or nothing, rather than every
 * document that addresses its reader.
 */
const talk = [
  ...[
    'i',
    'me',
    'my',
    'mine',
    'you',
    'your',
    'yours',
    'we',
    'us',
    'our',
    'he',
    'she',
    'him',
    'her',
    'his',
    'them',
  ],
  ...["i'm", "i've", "i'd", "i'll", "you're", "don't", "can't", "it's", "that's", "what's", "there's"],
  ...[
    'do',
    'does',
    'did',
    'have',
    'has',
    'had',
    'am',
    'been',
    'can',
    'could',
    'would',
    'should',
    'may',
    'must',
  ],
  ...[
    'what',
    'which',
    'who',
    'how',
    'so',
    'just',
    'some',
    'somebody',
    'something',
    'any',
    'from',
    'about',
    'out',
  ],
  ...[
    'want',
    'need',
    'like',
    'get',
    'please',
    'tell',
    'know',
    'hello',
    'hi',
    'okay',
    'um',
    'uh',
    'well',
    'thanks',
  ],
];

const spoken = { type: 'text', analyzer: 'spoken_english' } as const;
const shown = { type: 'keyword', index: false, doc_values: false } as const;

/** BM25 (the default similarity) over stemmed English as it is spoken; vectors, where a model makes them, are only kept here. */
export const knowledgeIndex = (embeddings?: string): API.Indices_Create_RequestBody => ({
  settings: {
    index: { number_of_shards: 1, auto_expand_replicas: '0-1' },
    analysis: {
      char_filter: { apostrophes: { type: 'mapping', mappings: ["\u2019 => '"] } },
      filter: {
        possessive: { type: 'stemmer', language: 'possessive_english' },
        common: { type: 'stop', stopwords: '_english_' },
        talk: { type: 'stop', stopwords: talk },
        stems: { type: 'stemmer', language: 'english' },
      },
      analyzer: {
        spoken_english: {
          type: 'custom',
          char_filter: ['apostrophes'],
          tokenizer: 'standard',
          filter: ['lowercase', 'talk', 'possessive', 'common', 'stems'],
        },
      },
    },
  },
  mappings: {
    dynamic: 'strict',
    ...(embeddings !== undefined && { _meta: { embeddings } }),
    properties: {
      passageId: { type: 'keyword' },
      documentId: { type: 'keyword' },
      title: spoken,
      section: spoken,
      text: spoken,
      questions: spoken,
      speakable: shown,
      position: { type: 'integer' },
      vector: { type: 'float', index: false, doc_values: false },
    },
  },
});
