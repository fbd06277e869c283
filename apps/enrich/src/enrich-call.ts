import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from '@opensearch-project/opensearch';
import type { CallKeys } from '@vestibule/record';
import { hasObject, type ReadCall, readCall, sealingOf, writeEnrichment } from './archive/read-call.ts';
import { type CallRecord, type Enrichment, enrich } from './enrichment/enrichment.ts';
import { EnrichError } from './errors.ts';
import type { SealedCall } from './events.ts';
import { callBundle } from './fhir/bundle.ts';
import type { Once } from './once/once.ts';
import type { Questionnaires } from './questionnaires.ts';
import { type Backend, fileCase } from './sinks/backend.ts';
import { indexCall } from './sinks/call-index.ts';
import { announce, type EventBus, intakeEvent } from './sinks/event-bus.ts';
import { type FhirServer, sendBundle } from './sinks/fhir-server.ts';

export interface Services {
  s3: S3Client;
  /** The archive's bucket. */
  bucket: string;
  /** The keys of a tenant's calls. */
  keysOf: (tenant: string) => CallKeys;
  openSearch: Client;
  backend: Backend;
  /** Undefined where the deployment has none. */
  fhir: FhirServer | undefined;
  events: EventBus | undefined;
  questionnaires: Questionnaires;
}

/** Of what is remembered of work that is done: no more than ids. */
export type Outcome =
  | { kind: 'enriched'; callId: string; caseId: string }
  /** A later sealing of the call has been enriched already. */
  | { kind: 'superseded'; callId: string }
  /** A call-back in which nobody talked: an attempt and no intake. The record has it; nobody else needs it. */
  | { kind: 'no-talk'; callId: string }
  /** The call's data was erased: there is nothing to enrich, and nothing may be. */
  | { kind: 'erased' };

/**
 * One sealed call into search, backend, FHIR server and archive, and then onto the bus, so that who hears of it finds all there. Events
 * may come twice, at once and out of order: one works on a call at a time, the record is read as it is now, the index refuses an older
 * one, and what the others are told is the same each time. @throws EnrichError
 */
export async function enrichCall(
  services: Services,
  call: SealedCall,
  once: Once<Outcome>,
): Promise<Outcome> {
  const manifest = await sealingOf(services.s3, call);
  return once({ ...call, manifest }, () => enrichNow(services, call));
}

async function enrichNow(services: Services, call: SealedCall): Promise<Outcome> {
  const read = await readUnlessErased(services, call);
  if (!read) return { kind: 'erased' };
  const { record, sealedAt, sealing } = read;
  const { callBack, callId, questionnaire } = record.manifest;
  if (callBack?.talk === false) return { kind: 'no-talk', callId };
  const known = services.questionnaires.get(`${questionnaire.url}|${questionnaire.version}`);
  const enrichment = enrich(record, known);
  const newest = await indexCall(services.openSearch, record, enrichment, { prefix: call.prefix, sealedAt });
  if (!newest) return { kind: 'superseded', callId };
  const written = await writeCopies(services, record, enrichment);
  if (!(await hasObject(services.s3, call, 'key.json'))) throw new EnrichError('erased');
  await writeEnrichment(services.s3, call, { ...enrichment, ...written });
  const event = intakeEvent(record, enrichment, { ...call, manifest: sealing }, written);
  if (services.events) await announce(services.events, event);
  return { kind: 'enriched', callId, caseId: written.caseId };
}

async function readUnlessErased({ s3, keysOf }: Services, call: SealedCall): Promise<ReadCall | undefined> {
  try {
    return await readCall(s3, call, keysOf);
  } catch (error) {
    const missing = error instanceof EnrichError && error.code === 'missing-object';
    if (missing && (await hasObject(s3, call, 'erasure.json'))) return undefined;
    throw error;
  }
}

/** `fhir`: where the response is on the FHIR server, `QuestionnaireResponse/id`. */
async function writeCopies({ backend, fhir }: Services, record: CallRecord, enrichment: Enrichment) {
  const caseId = await fileCase(backend, record, enrichment);
  const place = fhir && (await sendBundle(fhir, callBundle(record, enrichment.redFlags)));
  return { caseId, ...(place !== undefined && { fhir: place }) };
}
