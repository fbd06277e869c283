import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { RecordError } from '../errors.ts';

/** The bucket of sealed records. */
export interface Archive {
  client: S3Client;
  bucket: string;
  /** Until when Object Lock holds what is sealed, from the end of the call. */
  retainUntil: (end: Date) => Date;
  /** Whether what holds a caller's data, of a call to that number, is put under a legal hold when it is sealed. */
  isUnderHold?: (dialled: string) => boolean;
}

/**
 * `compliance`: nobody can delete it before its time. `governance`: who may bypass governance can, to erase a caller's
 * data. `none`: the wrapped key, whose destruction is the erasure.
 */
export type Lock = 'compliance' | 'governance' | 'none';

/** An S3 client for the archive. Path style, as S3 servers other than AWS's expect; AWS takes it too. */
export function archiveClient(region: string): S3Client {
  return new S3Client({ region, forcePathStyle: true });
}

/** @throws RecordError `unsealed` */
export async function putObject(
  { client, bucket }: Archive,
  key: string,
  body: string | Uint8Array,
  { lock, retainUntil, isHeld = false }: { lock: Lock; retainUntil: Date; isHeld?: boolean },
): Promise<void> {
  const locked =
    lock === 'none'
      ? {}
      : {
          ObjectLockMode: lock === 'compliance' ? ('COMPLIANCE' as const) : ('GOVERNANCE' as const),
          ObjectLockRetainUntilDate: retainUntil,
        };
  const held = isHeld ? { ObjectLockLegalHoldStatus: 'ON' as const } : {};
  const content = { Bucket: bucket, Key: key, Body: body, ContentType: typeOf(key) };
  try {
    await client.send(new PutObjectCommand({ ...content, ...locked, ...held }));
  } catch (cause) {
    throw new RecordError('unsealed', 'the archive did not take an object', { cause });
  }
}

const types: Record<string, string> = {
  jsonl: 'application/jsonl',
  json: 'application/json',
  vtt: 'text/vtt',
  txt: 'text/plain; charset=utf-8',
  wav: 'audio/wav',
  opus: 'audio/ogg; codecs=opus',
};
const typeOf = (key: string) => types[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

type Place = Pick<Archive, 'client' | 'bucket'>;

/** Undefined when there is no such object. */
export async function readObject(place: Place, key: string): Promise<string | undefined> {
  return (await readBytes(place, key))?.toString('utf8');
}

/** Undefined when there is no such object. */
export async function readBytes({ client, bucket }: Place, key: string): Promise<Buffer | undefined> {
  try {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = await object.Body?.transformToByteArray();
    return bytes && Buffer.from(bytes);
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** All keys that begin with `prefix`. */
export async function keysUnder({ client, bucket }: Place, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
