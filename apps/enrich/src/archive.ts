import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { isCodedError } from '@vestibule/core';
import {
  type CallKeys,
  type Entry,
  type Manifest,
  manifestSchema,
  openEntry,
  parseExport,
  transcriptSchema,
} from '@vestibule/record';
import { z } from 'zod';
import type { CallRecord } from './enrichment/enrichment.ts';
import { EnrichError, type EnrichErrorCode } from './errors.ts';
import type { SealedCall } from './events.ts';
import { responseSchema } from './response.ts';

export interface ReadCall {
  record: CallRecord;
  /** When the manifest was written, ms since the epoch: of two sealings of a call the later one counts. */
  sealedAt: number;
}

interface StoredObject {
  bytes: Buffer;
  lastModified: number;
}

/** A call of four hours has a log of some megabytes. */
const largestObjectBytes = 64 * 1024 * 1024;

/** Reads a sealed call, each object held to the manifest's digest. @throws EnrichError */
export async function readCall(
  s3: S3Client,
  call: SealedCall,
  keysOf: (tenant: string) => CallKeys,
): Promise<ReadCall> {
  const { bytes, lastModified } = await get(s3, call, 'manifest.json');
  const manifest = parse(manifestSchema, bytes, 'invalid-manifest');
  const listed = (name: string) => manifest.objects.some((object) => object.name === name);
  const object = (name: string) => getListed(s3, call, manifest, name);
  const [response, root, transcript, ...log] = await Promise.all([
    object('response.json'),
    object('root.json'),
    listed('transcript.json') ? object('transcript.json') : undefined,
    object('entries.jsonl'),
    object('payloads.jsonl'),
    object('key.json'),
  ]);
  return {
    sealedAt: lastModified,
    record: {
      manifest,
      response: parse(responseSchema, response, 'invalid-response'),
      resource: parse(z.looseObject({}), response, 'invalid-response'),
      root: parse(rootSchema, root, 'invalid-root').statement,
      transcript: transcript && parse(transcriptSchema, transcript, 'invalid-transcript'),
      log: await openLog(keysOf(manifest.tenant), manifest.callId, log),
    },
  };
}

/**
 * Writes `enrichment.json` beside the manifest, unless the same bytes are there: each write under versioning stays, so a
 * repeated event must not leave another version.
 */
export async function writeEnrichment(s3: S3Client, call: SealedCall, enrichment: object): Promise<void> {
  const body = Buffer.from(`${JSON.stringify(enrichment, undefined, 2)}\n`);
  const there = await get(s3, call, 'enrichment.json').catch((error: unknown) => {
    if (error instanceof EnrichError && error.code === 'missing-object') return undefined;
    throw error;
  });
  if (there?.bytes.equals(body)) return;
  const Key = `${call.prefix}enrichment.json`;
  try {
    await s3.send(
      new PutObjectCommand({ Bucket: call.bucket, Key, Body: body, ContentType: 'application/json' }),
    );
  } catch (cause) {
    throw new EnrichError('archive-unavailable', { cause });
  }
}

async function getListed(s3: S3Client, call: SealedCall, manifest: Manifest, name: string): Promise<Buffer> {
  const entry = manifest.objects.find((object) => object.name === name);
  if (!entry) throw new EnrichError('missing-object', { detail: name });
  const { bytes } = await get(s3, call, name);
  if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) {
    throw new EnrichError('object-mismatch', { detail: name });
  }
  return bytes;
}

async function get(s3: S3Client, { bucket, prefix }: SealedCall, name: string): Promise<StoredObject> {
  try {
    const {
      Body,
      ContentLength = 0,
      LastModified,
    } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${name}` }));
    if (ContentLength > largestObjectBytes) throw new EnrichError('object-too-large', { detail: name });
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return { bytes, lastModified: LastModified?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof EnrichError) throw error;
    if (isMissing(error)) throw new EnrichError('missing-object', { detail: name, cause: error });
    throw new EnrichError('archive-unavailable', { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === 'NoSuchBucket');
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Buffer,
  code: EnrichErrorCode,
): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new EnrichError(code, { cause });
  }
}

/** What is needed of the signed root; whether its signature is good is the audit's to check. */
const rootSchema = z.object({
  statement: z.object({ root: z.string(), size: z.number(), at: z.iso.datetime() }),
});
const keySchema = z.object({ version: z.literal(1), wrapped: z.string() });

/**
 * The log, opened with the call's key. Lines of kinds that this version does not know are left out: the log may be newer
 * than the handler.
 */
async function openLog(
  keys: CallKeys,
  callId: string,
  [headers, payloads, key]: readonly [Buffer, Buffer, Buffer],
): Promise<Entry[]> {
  const { wrapped } = parse(keySchema, key, 'invalid-key');
  try {
    const opened = await keys.unwrap(callId, wrapped);
    return parseExport(headers.toString('utf8'), payloads.toString('utf8')).entries.map((entry) =>
      openEntry(opened, entry),
    );
  } catch (cause) {
    throw new EnrichError(isCodedError(cause, 'key-unavailable') ? 'key-unavailable' : 'invalid-log', {
      cause,
    });
  }
}
