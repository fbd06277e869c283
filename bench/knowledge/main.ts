import { fileURLToPath } from 'node:url';
import { systemClock } from '@vestibule/core';
import { importKnowledge, passagesOf, readFolder, searchKnowledge } from '@vestibule/mcp';
import { openSearchClient } from '@vestibule/opensearch';
import { startOpenSearch } from '../../tests/services/opensearch.ts';
import { type Question, questions } from './questions.ts';

/** How well callers' questions find the document that answers them: our search, and OpenSearch's BM25 as it comes. */
const examples = fileURLToPath(new URL('../../examples/knowledge', import.meta.url));
const engine = await startOpenSearch();
const openSearch = openSearchClient(engine.url, { requestTimeout: 30_000, maxRetries: 2 });

/** Ids of the documents of the best three passages, the best first. */
type Search = (query: string) => Promise<string[]>;

async function plain(): Promise<Search> {
  const { documents } = await readFolder(examples);
  const body = documents
    .flatMap(passagesOf)
    .flatMap(({ documentId, title, section, text }) => [{ index: {} }, { documentId, title, section, text }]);
  await openSearch.bulk({ index: 'plain', refresh: true, body });
  return async (query) => {
    const multi_match = { query, fields: ['title', 'section', 'text'] };
    const found = await openSearch.search({ index: 'plain', body: { size: 3, query: { multi_match } } });
    return found.body.hits.hits.map(({ _source }) => (_source as { documentId: string }).documentId);
  };
}

async function ours(): Promise<Search> {
  await importKnowledge(examples, openSearch, systemClock);
  return async (query) => (await searchKnowledge(openSearch, query, 3, 5000)).map(({ source }) => source.id);
}

const share = (hits: number, of: number) => `${(hits / of).toFixed(2)} (${hits}/${of})`;

async function measure(name: string, search: Search): Promise<void> {
  const found = await Promise.all(questions.map(async (one) => ({ ...one, ids: await search(one.asked) })));
  const inThree = ({ ids, document }: Question & { ids: string[] }) => ids.includes(document);
  const part = (isNew: boolean) => found.filter((one) => one.isNew === isNew);
  const recall = (of: typeof found) => share(of.filter(inThree).length, of.length);
  const first = found.filter(({ ids, document }) => ids[0] === document).length;
  const cells = [name, recall(found), recall(part(false)), recall(part(true)), share(first, found.length)];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
  if (!process.argv.includes('--misses')) return;
  for (const one of found.filter((each) => !inThree(each)))
    process.stderr.write(`${name} missed: ${one.asked} → ${one.document}; found ${one.ids.join(', ')}\n`);
}

try {
  process.stdout.write(
    '| search | recall@3 | older questions | newer questions | first |\n|---|---|---|---|---|\n',
  );
  await measure('BM25 as it comes', await plain());
  await measure('search_knowledge', await ours());
} finally {
  await openSearch.close();
  await engine.stop();
}
