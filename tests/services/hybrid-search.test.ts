import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { Client } from '@opensearch-project/opensearch';
import { systemClock } from '@vestibule/core';
import { type Embedder, importKnowledge, NearestPassages, searchKnowledge } from '@vestibule/mcp';
import type { Service } from './child.ts';
import { startOpenSearch } from './opensearch.ts';

// Search by words and by meaning together. The "model" knows four subjects by their words: enough to see that vectors are kept, compared and weighed.

const examples = fileURLToPath(new URL('../../examples/knowledge', import.meta.url));
const subjects = [
  /robot|ai assistant/i,
  /babies|two weeks of age/i,
  /dermatologist|specialist/i,
  /car\b|parking/i,
];
const vectorOf = (text: string) => subjects.map((subject) => (subject.test(text) ? 1 : 0));
const toy: Embedder = { model: 'toy', embed: (texts) => Promise.resolve(texts.map(vectorOf)) };

let engine: Service;
let openSearch: Client;
before(async () => {
  engine = await startOpenSearch();
  openSearch = new Client({ node: engine.url });
  await importKnowledge(examples, openSearch, systemClock, toy);
});
after(async () => {
  await openSearch.close();
  await engine.stop();
});

async function ask(query: string, embedder?: Embedder, lost: unknown[] = []): Promise<string[]> {
  const onLost = (error: unknown) => void lost.push(error);
  const meaning = embedder && { nearest: new NearestPassages(openSearch, embedder), onLost };
  return (await searchKnowledge(openSearch, query, 3, 5000, meaning)).map(({ source }) => source.id);
}

test('a question that shares no word with its document finds it by meaning', async () => {
  for (const [query, document] of [
    ['are you a robot', 'privacy-and-assistant'],
    ['from what age do you take babies', 'children'],
    ['i need to see a dermatologist how does that work', 'referrals'],
  ] as const) {
    assert.ok(!(await ask(query)).includes(document), query);
    assert.ok((await ask(query, toy)).includes(document), query);
  }
});

test('what is far from everything is found by its words alone, or not at all', async () => {
  assert.deepEqual(await ask('do you take northern mutual', toy), await ask('do you take northern mutual'));
  assert.deepEqual(await ask('zxqv wvut', toy), []);
});

test('a model that fails, or another than the index was made with, leaves words alone', async () => {
  const lost: unknown[] = [];
  const broken: Embedder = { model: 'toy', embed: () => Promise.reject(new Error('throttled')) };
  assert.deepEqual(await ask('parking', broken, lost), await ask('parking'));
  assert.equal(lost.length, 1);
  const other = { ...toy, model: 'other' };
  assert.deepEqual(await ask('are you a robot', other, lost), []);
  assert.equal(lost.length, 1);
});

test('an import without a model, after one with, leaves no vectors behind', async () => {
  const nearest = new NearestPassages(openSearch, toy);
  const never = new AbortController().signal;
  assert.ok((await nearest.find('robot', 3, never)).length > 0);
  await importKnowledge(examples, openSearch, systemClock);
  assert.deepEqual(await nearest.find('robot', 3, never), []);
});
