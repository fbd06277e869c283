import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { KMSClient } from '@aws-sdk/client-kms';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { openSearchClient } from '@vestibule/opensearch';
import type { Context, S3Event, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError } from '@vestibule/core';
import { kmsCallKeys } from '@vestibule/record';
import { bury, type Unreadable } from './dead-letters.ts';
import { enrichCall, type Outcome, type Services } from './enrich-call.ts';
import { readEnvironment } from './environment.ts';
import { asEnrichError, EnrichError } from './errors.ts';
import { type SealedCall, sealedCalls } from './events.ts';
import { logger } from './log.ts';
import { type Deadline, type Once, onceIn } from './once/once.ts';
import { readQuestionnaires } from './questionnaires.ts';

/** SQS's partial batch response: the messages that are to come again. */
export interface BatchReport {
  batchItemFailures: { itemIdentifier: string }[];
}

/** `context` is Lambda's; without one an invocation counts as having a minute. */
export type Handler = (event: S3Event | SQSEvent, context?: Deadline) => Promise<BatchReport>;

let services: Services | undefined;

/** The Lambda. Takes S3's notifications through SQS, or directly. */
export const handler = (event: S3Event | SQSEvent, context?: Context): Promise<BatchReport> => {
  if (context) logger.addContext(context);
  return makeHandler((services ??= connect()))(event, context);
};

/** The handler over given services. */
export function makeHandler(over: Services): Handler {
  return (event, context) => {
    const desk: Desk = { services: over, once: onceIn(over, context) };
    return isFromQueue(event) ? handleQueue(desk, event) : handleDirect(desk, event);
  };
}

/** What one invocation works with. */
interface Desk {
  services: Services;
  once: Once<Outcome>;
}

/**
 * From a queue: a message that failed comes again by itself, and ends in the queue's own dead-letter queue when it never succeeds. One
 * after another: a batch may hold the same call twice.
 */
async function handleQueue(desk: Desk, event: SQSEvent): Promise<BatchReport> {
  const processor = new BatchProcessor(EventType.SQS, { logger: quiet });
  const work = ({ messageId, body }: SQSRecord) => handleNotification(desk, { messageId, text: body });
  return processPartialResponse(event, work, processor, {
    throwOnFullBatchFailure: false,
    processInParallel: false,
  });
}

/** Without one: Lambda tries an asynchronous event again only when this throws. @throws EnrichError */
async function handleDirect(desk: Desk, event: S3Event): Promise<BatchReport> {
  await handleNotification(desk, { messageId: undefined, text: JSON.stringify(event) });
  return { batchItemFailures: [] };
}

/**
 * Each call that S3's notification names is tried, whatever becomes of the others. What can never succeed is put away with its reason.
 * @throws EnrichError of a call that may succeed later
 */
async function handleNotification(desk: Desk, notification: Unreadable): Promise<void> {
  let again: EnrichError | undefined;
  for (const call of await callsIn(desk, notification)) {
    const failure = await tryCall(desk, call);
    if (failure?.retryable) again = failure;
    else if (failure) await putAway(desk, call, failure);
  }
  if (again) throw again;
}

async function callsIn(desk: Desk, notification: Unreadable): Promise<SealedCall[]> {
  try {
    return sealedCalls(parseJson(notification.text));
  } catch (error) {
    await putAway(desk, notification, asEnrichError(error));
    return [];
  }
}

async function putAway(
  { services }: Desk,
  dead: SealedCall | Unreadable,
  failure: EnrichError,
): Promise<void> {
  const letter = await bury(services, dead, failure);
  logger.error('put among the dead letters', { letter, code: failure.code, detail: failure.detail });
}

async function tryCall({ services, once }: Desk, call: SealedCall): Promise<EnrichError | undefined> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const outcome = await enrichCall(services, call, once);
    logger.info('call done', { ...outcome, archive: call.prefix, ms: ms() });
    return undefined;
  } catch (error) {
    const failure = asEnrichError(error);
    const { code, detail, retryable } = failure;
    const cause = failure.cause === undefined ? undefined : describeError(failure.cause);
    logger.warn('call not enriched', { archive: call.prefix, code, detail, cause, retryable, ms: ms() });
    return failure;
  }
}

function connect(): Services {
  const environment = readEnvironment(process.env);
  const { region, bucket, openSearchUrl, backendUrl, backendToken, dataKey, fhir, eventBus, questionnaires } =
    environment;
  const kms = new KMSClient({ region });
  const { fetch } = globalThis;
  return {
    s3: new S3Client({ region, forcePathStyle: true }),
    bucket,
    keysOf: (tenant) => kmsCallKeys(kms, { keyId: dataKey, tenant }),
    openSearch: openSearchClient(openSearchUrl, { requestTimeout: 10_000, maxRetries: 1 }),
    backend: { url: backendUrl, token: backendToken, fetch },
    fhir: fhir && { ...fhir, fetch },
    events:
      eventBus === undefined ? undefined : { client: new EventBridgeClient({ region }), name: eventBus },
    questionnaires: questionnaires === undefined ? new Map() : readQuestionnaires(questionnaires),
  };
}

/** The batch processor would log an error's message; each failure is logged above by its code. */
const quiet = { debug: () => undefined, warn: () => undefined, error: () => undefined };

function isFromQueue(event: S3Event | SQSEvent): event is SQSEvent {
  const [first] = Array.isArray(event.Records) ? event.Records : [];
  return first !== undefined && 'messageId' in first;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new EnrichError('invalid-event', { cause });
  }
}
