import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import { z } from 'zod';
import { type Condition, findObject, putJson } from '../archive/objects.ts';

const recordSchema = z.object({
  status: z.enum(['INPROGRESS', 'COMPLETED', 'EXPIRED']),
  expiryTimestamp: z.number().optional(),
  inProgressExpiryTimestamp: z.number().optional(),
  payloadHash: z.string().optional(),
  responseData: z.json().optional(),
});

/**
 * Powertools' idempotency records as objects in S3, by conditional writes (`If-None-Match: *`, `If-Match`): of two that begin at once
 * one is first, and who has lost its lease to another changes nothing any more. The function has S3 anyway, S3 reads its own writes,
 * and the same code runs against every S3 server; Powertools' own layers would need DynamoDB or a Redis besides.
 *
 * Unlike those, a finished record stands only in the way of the same payload: a call that was sealed again is enriched again.
 * Nothing is ever deleted (under versioning that would leave markers): who fails writes the record off. A life-cycle rule on the
 * prefix clears old ones.
 */
export class S3PersistenceLayer extends BasePersistenceLayer {
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #folder: string;
  /** ETags of the records that this process holds. */
  readonly #held = new Map<string, string>();

  constructor(s3: S3Client, bucket: string, folder: string) {
    super();
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#folder = folder;
  }

  protected override async _putRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey } = record;
    const there = await this.#find(idempotencyKey);
    if (there && isInTheWay(there.record, record)) {
      throw new IdempotencyItemAlreadyExistsError(idempotencyKey, there.record);
    }
    const etag = await this.#write(record, there ? { etag: there.etag } : { absent: true });
    if (etag === undefined) throw new IdempotencyItemAlreadyExistsError(idempotencyKey);
    this.#held.set(idempotencyKey, etag);
  }

  protected override async _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    const there = await this.#find(idempotencyKey);
    if (!there) throw new IdempotencyItemNotFoundError(idempotencyKey);
    return there.record;
  }

  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await this.#release(record);
  }

  protected override async _deleteRecord({ idempotencyKey }: IdempotencyRecord): Promise<void> {
    await this.#release(new IdempotencyRecord({ idempotencyKey, status: 'EXPIRED' }));
  }

  /** Does nothing when another has taken over: what it writes then counts. */
  async #release(record: IdempotencyRecord): Promise<void> {
    const etag = this.#held.get(record.idempotencyKey);
    this.#held.delete(record.idempotencyKey);
    if (etag !== undefined) await this.#write(record, { etag });
  }

  async #find(idempotencyKey: string): Promise<{ record: IdempotencyRecord; etag: string } | undefined> {
    const found = await findObject(this.#s3, this.#placeOf(idempotencyKey));
    if (!found) return undefined;
    const { status, ...rest } = recordSchema.parse(JSON.parse(found.bytes.toString('utf8')));
    const known = Object.entries(rest).filter(([, value]) => value !== undefined);
    return {
      record: new IdempotencyRecord({ idempotencyKey, status, ...Object.fromEntries(known) }),
      etag: found.etag,
    };
  }

  /** `writer` makes every write another ETag: S3 makes ETags from the bytes. */
  #write(record: IdempotencyRecord, condition: Condition): Promise<string | undefined> {
    const { idempotencyKey, expiryTimestamp, inProgressExpiryTimestamp, payloadHash, responseData } = record;
    return putJson(
      this.#s3,
      this.#placeOf(idempotencyKey),
      {
        status: record.getStatus(),
        expiryTimestamp,
        inProgressExpiryTimestamp,
        payloadHash,
        responseData,
        writer: randomUUID(),
      },
      condition,
    );
  }

  #placeOf(idempotencyKey: string) {
    const name = Buffer.from(idempotencyKey).toString('base64url');
    return { bucket: this.#bucket, key: `${this.#folder}${name}.json` };
  }
}

function isInTheWay(there: IdempotencyRecord, wanted: IdempotencyRecord): boolean {
  switch (there.getStatus()) {
    case 'EXPIRED':
      return false;
    case 'INPROGRESS':
      return (there.inProgressExpiryTimestamp ?? 0) > Date.now();
    case 'COMPLETED':
      return there.payloadHash === wanted.payloadHash;
  }
}
