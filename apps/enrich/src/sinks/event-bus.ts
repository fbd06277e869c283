import {
  type EventBridgeClient,
  EventBridgeServiceException,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import type { CallRecord, Enrichment } from '../enrichment/enrichment.ts';
import { EnrichError } from '../errors.ts';
import { uuidOf } from '../fhir/uuid.ts';
import type { Sealing } from '../once/once.ts';

export interface EventBus {
  client: EventBridgeClient;
  /** Name or ARN. */
  name: string;
}

export const eventSource = 'vestibule.enrich';
export const intakeCompleted = 'vestibule.intake.completed';

const timeoutMs = 5_000;
/** PutEvents: "a retry is likely to succeed" for these codes of an entry; any other repeats itself. */
const passing = ['InternalFailure', 'InternalException', 'ThrottlingException', 'LimitExceededException'];

/** `schema/intake-completed.schema.json`. Where the data is, and nothing of a caller's. */
export interface IntakeCompleted {
  version: 1;
  /** The same for each event about the same sealing: consumers see at-least-once delivery, and know a repetition by it. */
  id: string;
  callId: string;
  tenant: string;
  questionnaire: { id: string; url: string; version: string };
  outcome: string;
  /** False when the call was cut off from us. */
  complete: boolean;
  startedAt: string;
  endedAt: string;
  durationMs: number;
  items: { asked: number; answered: number };
  redFlags: readonly { id: string; severity: string; lane: string }[];
  codes: number;
  archive: { bucket: string; manifest: string; enrichment: string };
  caseId: string;
  /** `QuestionnaireResponse/id` on the FHIR server; absent without one. */
  fhir?: string;
}

export function intakeEvent(
  { manifest }: CallRecord,
  { quality, codes, redFlags }: Enrichment,
  { bucket, prefix, manifest: sealing }: Sealing,
  written: { caseId: string; fhir?: string | undefined },
): IntakeCompleted {
  const { callId, tenant, questionnaire, outcome, complete, startedAt, endedAt, items } = manifest;
  return {
    version: 1,
    id: uuidOf(`${intakeCompleted} ${callId} ${sealing}`),
    callId,
    tenant,
    questionnaire,
    outcome,
    complete,
    startedAt,
    endedAt,
    durationMs: quality.durationMs,
    items,
    redFlags: redFlags.map(({ id, severity, lane }) => ({ id, severity, lane })),
    codes: codes.length,
    archive: { bucket, manifest: `${prefix}manifest.json`, enrichment: `${prefix}enrichment.json` },
    caseId: written.caseId,
    ...(written.fhir !== undefined && { fhir: written.fhir }),
  };
}

/** @throws EnrichError `events-unavailable`, `events-refused` */
export async function announce({ client, name }: EventBus, detail: IntakeCompleted): Promise<void> {
  const entry = {
    EventBusName: name,
    Source: eventSource,
    DetailType: intakeCompleted,
    Detail: JSON.stringify(detail),
    Time: new Date(detail.endedAt),
  };
  const failure = await put(client, new PutEventsCommand({ Entries: [entry] }));
  if (failure === undefined) return;
  throw new EnrichError(passing.includes(failure) ? 'events-unavailable' : 'events-refused', {
    detail: failure,
  });
}

/** The code with which the entry failed: PutEvents answers 200 then. */
async function put(client: EventBridgeClient, command: PutEventsCommand): Promise<string | undefined> {
  try {
    const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    if (answer.FailedEntryCount === 0) return undefined;
    return answer.Entries?.[0]?.ErrorCode ?? 'InternalFailure';
  } catch (cause) {
    const refused = cause instanceof EventBridgeServiceException && cause.name === 'ValidationException';
    throw new EnrichError(refused ? 'events-refused' : 'events-unavailable', { cause });
  }
}
