import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from '@opensearch-project/opensearch';
import type { CallKeys } from '@vestibule/record';
import { readCall, writeEnrichment } from './archive.ts';
import { enrich } from './enrichment/enrichment.ts';
import type { SealedCall } from './events.ts';
import { type Backend, fileCase } from './sinks/backend.ts';
import { indexCall } from './sinks/call-index.ts';

export interface Services {
  s3: S3Client;
  /** The keys of a tenant's calls. */
  keysOf: (tenant: string) => CallKeys;
  openSearch: Client;
  backend: Backend;
}

export type Outcome =
  | { kind: 'enriched'; callId: string; caseId: string }
  /** A later sealing of the call has been enriched already. */
  | { kind: 'superseded'; callId: string };

/**
 * One sealed call into search, backend and archive. Events may come twice and out of order: the record is read as it is now, the
 * index refuses an older one, the case and the file are the same each time. @throws EnrichError
 */
export async function enrichCall(
  { s3, keysOf, openSearch, backend }: Services,
  call: SealedCall,
): Promise<Outcome> {
  const { record, sealedAt } = await readCall(s3, call, keysOf);
  const enrichment = enrich(record);
  const { callId } = enrichment;
  const newest = await indexCall(openSearch, record, enrichment, { prefix: call.prefix, sealedAt });
  if (!newest) return { kind: 'superseded', callId };
  const caseId = await fileCase(backend, record, enrichment);
  await writeEnrichment(s3, call, { ...enrichment, caseId });
  return { kind: 'enriched', callId, caseId };
}
