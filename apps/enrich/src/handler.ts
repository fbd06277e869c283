import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { KMSClient } from '@aws-sdk/client-kms';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Client } from '@opensearch-project/opensearch';
import type { S3Event, SQSEvent, SQSRecord } from 'aws-lambda';
import { kmsCallKeys } from '@vestibule/record';
import { enrichCall, type Services } from './enrich-call.ts';
import { readEnvironment } from './environment.ts';
import { asEnrichError, EnrichError, type EnrichErrorCode } from './errors.ts';
import { type SealedCall, sealedCalls } from './events.ts';
import { logger } from './log.ts';
import { readQuestionnaires } from './questionnaires.ts';

export interface ItemFailure {
  /** For S3 `bucket/prefix`, for SQS the message's id, which the queue then delivers again. */
  itemIdentifier: string;
  code?: EnrichErrorCode;
}
export interface BatchReport {
  batchItemFailures: ItemFailure[];
}

export type Handler = (event: S3Event | SQSEvent) => Promise<BatchReport>;

let services: Services | undefined;

/** The Lambda. Takes S3's notifications directly or through SQS. */
export const handler: Handler = (event) => makeHandler((services ??= connect()))(event);

/** The handler over given services. */
export function makeHandler(over: Services): Handler {
  return (event) => (isFromQueue(event) ? handleQueue(over, event) : handleS3(over, event));
}

/**
 * Every call of the event is tried, whatever became of the others. What will never succeed is reported and left; for the rest
 * this throws at the end, since Lambda tries an asynchronous event again only when it throws.
 * @throws EnrichError of the first call that may succeed later
 */
async function handleS3(over: Services, event: S3Event): Promise<BatchReport> {
  const failures: (ItemFailure & { error: EnrichError })[] = [];
  for (const call of sealedCalls(event)) {
    const error = await tryCall(over, call);
    if (error) failures.push({ itemIdentifier: `${call.bucket}/${call.prefix}`, code: error.code, error });
  }
  const again = failures.find(({ error }) => error.retryable);
  if (again) throw again.error;
  return {
    batchItemFailures: failures.map(({ itemIdentifier, code = 'internal' }) => ({ itemIdentifier, code })),
  };
}

/** Through SQS a failed message alone comes again, and goes to the dead-letter queue in the end. */
async function handleQueue(over: Services, event: SQSEvent): Promise<BatchReport> {
  const processor = new BatchProcessor(EventType.SQS, { logger: quiet });
  return processPartialResponse(event, ({ body }: SQSRecord) => handleMessage(over, body), processor, {
    throwOnFullBatchFailure: false,
  });
}

async function handleMessage(over: Services, body: string): Promise<void> {
  let failure: EnrichError | undefined;
  for (const call of sealedCalls(parseJson(body))) failure = (await tryCall(over, call)) ?? failure;
  if (failure) throw failure;
}

async function tryCall(over: Services, call: SealedCall): Promise<EnrichError | undefined> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const { kind, callId } = await enrichCall(over, call);
    logger.info('call enriched', { outcome: kind, callId, ms: ms() });
    return undefined;
  } catch (error) {
    const failure = asEnrichError(error);
    const { code, detail, retryable } = failure;
    logger.error('call not enriched', { archive: call.prefix, code, detail, retryable, ms: ms() });
    return failure;
  }
}

function connect(): Services {
  const environment = readEnvironment(process.env);
  const { region, openSearchUrl, backendUrl, backendToken, dataKey, fhir, eventBus, questionnaires } =
    environment;
  const kms = new KMSClient({ region });
  const { fetch } = globalThis;
  return {
    s3: new S3Client({ region, forcePathStyle: true }),
    keysOf: (tenant) => kmsCallKeys(kms, { keyId: dataKey, tenant }),
    openSearch: new Client({ node: openSearchUrl, requestTimeout: 10_000, maxRetries: 1 }),
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
