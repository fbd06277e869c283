import { systemClock } from '@vestibule/core';
import { openSearchClient } from '@vestibule/opensearch';
import { importKnowledge } from './importer.ts';

const folder = process.argv[2];
const node = process.env['OPENSEARCH_URL'];
if (folder === undefined || node === undefined) {
  process.stderr.write('usage: OPENSEARCH_URL=http://127.0.0.1:9290 node import.ts FOLDER\n');
  process.exitCode = 2;
} else {
  const openSearch = openSearchClient(node, { requestTimeout: 30_000, maxRetries: 2 });
  try {
    const { index, documents, passages } = await importKnowledge(folder, openSearch, systemClock);
    process.stdout.write(`${documents} documents, ${passages} passages in ${index}\n`);
  } catch (error) {
    process.stderr.write(`import failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await openSearch.close();
  }
}
