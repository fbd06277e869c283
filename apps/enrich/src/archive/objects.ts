import {
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { EnrichError } from '../errors.ts';

export interface StoredObject {
  bytes: Buffer;
  etag: string;
  /** ms since the epoch; S3 keeps whole seconds. */
  lastModified: number;
}

export interface Place {
  bucket: string;
  key: string;
}

/** A call of four hours has a log of some megabytes. */
const largestObjectBytes = 64 * 1024 * 1024;

/** Undefined when there is no such object. @throws EnrichError `archive-unavailable`, `object-too-large` */
export async function findObject(s3: S3Client, { bucket, key }: Place): Promise<StoredObject | undefined> {
  try {
    return await read(await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })), key);
  } catch (error) {
    if (error instanceof EnrichError) throw error;
    if (isMissing(error)) return undefined;
    throw new EnrichError('archive-unavailable', { cause: error });
  }
}

async function read(output: GetObjectCommandOutput, key: string): Promise<StoredObject> {
  const { Body, ContentLength = 0, LastModified, ETag = '' } = output;
  if (ContentLength > largestObjectBytes) throw new EnrichError('object-too-large', { detail: nameOf(key) });
  const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
  return { bytes, etag: ETag, lastModified: LastModified?.getTime() ?? 0 };
}

function isMissing(error: unknown): boolean {
  return error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === 'NoSuchBucket');
}

export const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);

/** Whether the object is under a legal hold. @throws EnrichError `archive-unavailable` */
export async function isHeld(s3: S3Client, { bucket, key }: Place): Promise<boolean> {
  try {
    const { LegalHold } = await s3.send(new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key }));
    return LegalHold?.Status === 'ON';
  } catch (cause) {
    // A bucket without Object Lock, or an object that never had a hold.
    const isFree =
      cause instanceof S3ServiceException && [400, 404].includes(cause.$metadata.httpStatusCode ?? 0);
    if (isFree) return false;
    throw new EnrichError('archive-unavailable', { cause });
  }
}

/** What must be there for a write to happen: nothing at all, or the very version with that ETag. */
export type Condition = { absent: true } | { etag: string };

/**
 * Writes JSON. @returns its ETag; undefined when the condition does not hold (any more): another was first.
 * @throws EnrichError `archive-unavailable`
 */
export async function putJson(
  s3: S3Client,
  { bucket, key }: Place,
  value: object,
  condition?: Condition,
  hold = false,
): Promise<string | undefined> {
  const conditions =
    condition === undefined ? {} : 'etag' in condition ? { IfMatch: condition.etag } : { IfNoneMatch: '*' };
  const Body = `${JSON.stringify(value, undefined, 2)}\n`;
  const ContentType = 'application/json';
  const held = hold ? { ObjectLockLegalHoldStatus: 'ON' as const } : {};
  try {
    const content = { Bucket: bucket, Key: key, Body, ContentType };
    const command = new PutObjectCommand({ ...content, ...conditions, ...held });
    return (await s3.send(command)).ETag ?? '';
  } catch (cause) {
    if (condition !== undefined && cause instanceof S3ServiceException && isUnmet(cause)) return undefined;
    throw new EnrichError('archive-unavailable', { cause });
  }
}

/** 412: the condition does not hold. 409: another conditional write was under way. 404: `If-Match` on what is gone. */
const isUnmet = ({ $metadata }: S3ServiceException) =>
  [404, 409, 412].includes($metadata.httpStatusCode ?? 0);
