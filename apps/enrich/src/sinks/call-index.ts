import { type Client, errors } from '@opensearch-project/opensearch';
import { copyNames } from '@vestibule/record';
import type { CallRecord, Enrichment } from '../enrichment/enrichment.ts';
import { EnrichError } from '../errors.ts';
import { callsMapping } from './call-index-mapping.ts';

export const callsAlias = copyNames.searchAlias;
const firstIndex = `${callsAlias}-1`;

export const callsIndex = {
  settings: { index: { number_of_shards: 1, auto_expand_replicas: '0-1' } },
  aliases: { [callsAlias]: {} },
  mappings: callsMapping,
};

/**
 * Indexes a call under its id. `sealedAt` is the document's version, so that an earlier sealing that arrives late changes
 * nothing. @returns false for such a late one. @throws EnrichError `index-unavailable`, `index-refused`
 */
export async function indexCall(
  openSearch: Client,
  record: CallRecord,
  enrichment: Enrichment,
  { prefix, sealedAt }: { prefix: string; sealedAt: number },
): Promise<boolean> {
  try {
    await ensureIndex(openSearch);
    await openSearch.index({
      index: callsAlias,
      id: enrichment.callId,
      version: sealedAt,
      version_type: 'external_gte',
      body: documentOf(record, enrichment, prefix),
    });
    return true;
  } catch (error) {
    const status = error instanceof errors.ResponseError ? error.statusCode : undefined;
    if (status === 409) return false;
    const refused = status === 400 || status === 413;
    throw new EnrichError(refused ? 'index-refused' : 'index-unavailable', { cause: error });
  }
}

const prepared = new WeakSet<Client>();

/** Once for each process: makes the index, or adds to an older one what its mapping lacks. */
async function ensureIndex(openSearch: Client): Promise<void> {
  if (prepared.has(openSearch)) return;
  if ((await openSearch.indices.exists({ index: callsAlias })).body) {
    await openSearch.indices.putMapping({ index: callsAlias, body: callsIndex.mappings });
  } else await createIndex(openSearch);
  prepared.add(openSearch);
}

async function createIndex(openSearch: Client): Promise<void> {
  try {
    await openSearch.indices.create({ index: firstIndex, body: callsIndex });
  } catch (error) {
    // Another invocation was first.
    const exists = error instanceof errors.ResponseError && /resource_already_exists/.test(error.message);
    if (!exists) throw error;
  }
}

function documentOf({ manifest, transcript }: CallRecord, enrichment: Enrichment, prefix: string) {
  const { summary, codes, questions, redFlags, reviewed, quality } = enrichment;
  return {
    callId: manifest.callId,
    tenant: manifest.tenant,
    startedAt: manifest.startedAt,
    endedAt: manifest.endedAt,
    dialled: manifest.dialled,
    questionnaire: manifest.questionnaire.id,
    outcome: manifest.outcome,
    recorded: manifest.consent.recording,
    archive: prefix,
    redFlags,
    reviewed,
    reason: summary.reason,
    summary: summary.text,
    answers: summary.answers,
    open: summary.open,
    codes,
    questions,
    transcript: transcript?.turns.map(({ speaker, text }) => `${speaker}: ${text}`).join('\n'),
    quality,
  };
}
