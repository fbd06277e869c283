import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
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
import type { CallRecord } from '../enrichment/enrichment.ts';
import { EnrichError, type EnrichErrorCode } from '../errors.ts';
import type { SealedCall } from '../events.ts';
import { responseSchema } from '../response.ts';
import { findObject, isHeld, putJson, type StoredObject } from './objects.ts';

export interface ReadCall {
  record: CallRecord;
  /** When the manifest was written, ms since the epoch: of two sealings of a call the later one counts. */
  sealedAt: number;
  /** Digest of the manifest, which names the sealing. */
  sealing: string;
}

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
    sealing: sha256(bytes),
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

/** The call's sealing as it is now. @throws EnrichError `missing-object`, `archive-unavailable` */
export async function sealingOf(s3: S3Client, call: SealedCall): Promise<string> {
  return sha256((await get(s3, call, 'manifest.json')).bytes);
}

/** Whether an object of the call is there. @throws EnrichError `archive-unavailable` */
export async function hasObject(
  s3: S3Client,
  { bucket, prefix }: SealedCall,
  name: string,
): Promise<boolean> {
  return (await findObject(s3, { bucket, key: `${prefix}${name}` })) !== undefined;
}

/**
 * Writes `enrichment.json` beside the manifest, unless the same bytes are there: each write under versioning stays, so a
 * repeated event must not leave another version. A legal hold on the call is on it too.
 */
export async function writeEnrichment(
  s3: S3Client,
  { bucket, prefix }: SealedCall,
  enrichment: object,
): Promise<void> {
  const place = { bucket, key: `${prefix}enrichment.json` };
  const there = await findObject(s3, place);
  if (there?.bytes.toString() === `${JSON.stringify(enrichment, undefined, 2)}\n`) return;
  const hold = await isHeld(s3, { bucket, key: `${prefix}response.json` });
  await putJson(s3, place, enrichment, undefined, hold);
}

async function getListed(s3: S3Client, call: SealedCall, manifest: Manifest, name: string): Promise<Buffer> {
  const entry = manifest.objects.find((object) => object.name === name);
  if (!entry) throw new EnrichError('missing-object', { detail: name });
  const { bytes } = await get(s3, call, name);
  if (sha256(bytes) !== entry.sha256) {
    throw new EnrichError('object-mismatch', { detail: name });
  }
  return bytes;
}

async function get(s3: S3Client, { bucket, prefix }: SealedCall, name: string): Promise<StoredObject> {
  const found = await findObject(s3, { bucket, key: `${prefix}${name}` });
  if (!found) throw new EnrichError('missing-object', { detail: name });
  return found;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

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
