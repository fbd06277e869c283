import { loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { openSearchClient } from '@vestibule/opensearch';
import { bedrockEmbedder } from './embedding.ts';
import { importKnowledge } from './importer.ts';

const folder = process.argv[2];
const node = process.env['OPENSEARCH_URL'];
if (folder === undefined || node === undefined) {
  process.stderr.write('usage: OPENSEARCH_URL=http://127.0.0.1:9290 node import.ts FOLDER\n');
  process.exitCode = 2;
} else {
  const openSearch = openSearchClient(node, { requestTimeout: 30_000, maxRetries: 2 });
  try {
    const { index, documents, passages, passedOver } = await importKnowledge(
      folder,
      openSearch,
      systemClock,
      await configuredEmbedder(),
    );
    process.stdout.write(`${documents} documents, ${passages} passages in ${index}\n`);
    if (passedOver.length > 0)
      process.stdout.write(`not read, being no .md, .txt or .pdf: ${passedOver.join(', ')}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\nNothing was changed.\n`);
    process.exitCode = 1;
  } finally {
    await openSearch.close();
  }
}

/** Vectors are made when vestibule.yaml names a model for them; without such a file there are none. */
async function configuredEmbedder() {
  const config = process.env['VESTIBULE_CONFIG'];
  const model = config === undefined ? undefined : (await loadConfig(config)).tools.embeddings;
  return model === undefined ? undefined : bedrockEmbedder(model);
}

/** Our own errors are made for people; anything else comes from OpenSearch. */
function messageOf(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  return `OpenSearch at ${node} did not take it: ${error instanceof Error ? error.message : String(error)}`;
}
