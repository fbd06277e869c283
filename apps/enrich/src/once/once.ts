import type { S3Client } from '@aws-sdk/client-s3';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import type { Context } from 'aws-lambda';
import { EnrichError } from '../errors.ts';
import type { SealedCall } from '../events.ts';
import { S3PersistenceLayer } from './s3-persistence.ts';

/** What of Lambda's context is needed: until when this invocation can run. */
export type Deadline = Pick<Context, 'getRemainingTimeInMillis'>;

/** A call in one of its sealings: `manifest` is the manifest's digest. */
export interface Sealing extends SealedCall {
  manifest: string;
}

/** Of work on the same call one is at a time, and work that was done for a sealing is not done again: its result is given. */
export type Once<Result> = (sealing: Sealing, work: () => Promise<Result>) => Promise<Result>;

/** Repetitions of an S3 event come within minutes, an SQS queue's within days; doing it again after that does no harm either. */
const rememberSeconds = 24 * 3600;
/** Outside of Lambda. */
const defaultDeadline: Deadline = { getRemainingTimeInMillis: () => 60_000 };
const folder = '_enrich/once/';

/**
 * Powertools' idempotency, keyed by call. While one works its record is a lease that ends with its invocation; what failed is forgotten.
 * @throws EnrichError `in-progress`, `archive-unavailable`, and what the work throws
 */
export function onceIn<Result>(
  { s3, bucket }: { s3: S3Client; bucket: string },
  deadline: Deadline = defaultDeadline,
): Once<Result> {
  const config = new IdempotencyConfig({
    eventKeyJmesPath: '[bucket, prefix]',
    payloadValidationJmesPath: 'manifest',
    expiresAfterSeconds: rememberSeconds,
    throwOnNoIdempotencyKey: true,
  });
  config.registerLambdaContext(deadline as Context);
  const once = makeIdempotent((_: Sealing, work: () => Promise<Result>) => work(), {
    persistenceStore: new S3PersistenceLayer(s3, bucket, folder),
    config,
    keyPrefix: 'enrich',
    dataIndexArgument: 0,
  });
  return async (sealing, work) => {
    try {
      return await once(sealing, work);
    } catch (error) {
      throw meaningOf(error);
    }
  };
}

const busy = [
  'IdempotencyAlreadyInProgressError',
  'IdempotencyValidationError',
  'IdempotencyInconsistentStateError',
];

function meaningOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (busy.includes(error.name)) return new EnrichError('in-progress');
  if (error.name !== 'IdempotencyPersistenceLayerError') return error;
  return new EnrichError('archive-unavailable', { cause: error });
}
