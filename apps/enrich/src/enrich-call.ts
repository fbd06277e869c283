import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from '@opensearch-project/opensearch';
import type { CallKeys } from '@vestibule/record';
import { readCall, writeEnrichment } from './archive.ts';
import { type CallRecord, type Enrichment, enrich } from './enrichment/enrichment.ts';
import type { SealedCall } from './events.ts';
import { callBundle } from './fhir/bundle.ts';
import type { Questionnaires } from './questionnaires.ts';
import { type Backend, fileCase } from './sinks/backend.ts';
import { indexCall } from './sinks/call-index.ts';
import { announce, type EventBus, intakeEvent } from './sinks/event-bus.ts';
import { type FhirServer, sendBundle } from './sinks/fhir-server.ts';

export interface Services {
  s3: S3Client;
  /** The keys of a tenant's calls. */
  keysOf: (tenant: string) => CallKeys;
  openSearch: Client;
  backend: Backend;
  /** Undefined where the deployment has none. */
  fhir: FhirServer | undefined;
  events: EventBus | undefined;
  questionnaires: Questionnaires;
}

export type Outcome =
  | { kind: 'enriched'; callId: string; caseId: string }
  /** A later sealing of the call has been enriched already. */
  | { kind: 'superseded'; callId: string };

/**
 * One sealed call into search, backend, FHIR server and archive, and then onto the bus, so that who hears of it finds all there. Events
 * may come twice and out of order: the record is read as it is now, the index refuses an older one, and what the others are told is
 * the same each time. @throws EnrichError
 */
export async function enrichCall(services: Services, call: SealedCall): Promise<Outcome> {
  const { s3, keysOf, openSearch, events, questionnaires } = services;
  const { record, sealedAt } = await readCall(s3, call, keysOf);
  const { callId, questionnaire } = record.manifest;
  const enrichment = enrich(record, questionnaires.get(`${questionnaire.url}|${questionnaire.version}`));
  const newest = await indexCall(openSearch, record, enrichment, { prefix: call.prefix, sealedAt });
  if (!newest) return { kind: 'superseded', callId };
  const written = await write(services, record, enrichment);
  await writeEnrichment(s3, call, { ...enrichment, ...written });
  if (events) await announce(events, intakeEvent(record, enrichment, call, written));
  return { kind: 'enriched', callId, caseId: written.caseId };
}

/** `fhir`: where the response is on the FHIR server, `QuestionnaireResponse/id`. */
async function write({ backend, fhir }: Services, record: CallRecord, enrichment: Enrichment) {
  const caseId = await fileCase(backend, record, enrichment);
  const place = fhir && (await sendBundle(fhir, callBundle(record, enrichment.redFlags)));
  return { caseId, ...(place !== undefined && { fhir: place }) };
}
