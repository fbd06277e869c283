import {
  GetObjectCommand,
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
): Promise<string | undefined> {
  const conditions =
    condition === undefined ? {} : 'etag' in condition ? { IfMatch: condition.etag } : { IfNoneMatch: '*' };
  const Body = `${JSON.stringify(value, undefined, 2)}\n`;
  const ContentType = 'application/json';
  try {
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType, ...conditions });
    return (await s3.send(command)).ETag ?? '';
  } catch (cause) {
    if (condition !== undefined && cause instanceof S3ServiceException && isUnmet(cause)) return undefined;
    throw new EnrichError('archive-unavailable', { cause });
  }
}

/** 412: the condition does not hold. 409: another conditional write was under way. 404: `If-Match` on what is gone. */
const isUnmet = ({ $metadata }: S3ServiceException) =>
  [404, 409, 412].includes($metadata.httpStatusCode ?? 0);
