import { createHash } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { canonicalJson } from '@vestibule/core';
import { genesis } from './chain.ts';
import { spokenKinds, type StoredEntry } from './entries.ts';
import { RecordError } from './errors.ts';
import { foldCall } from './fold.ts';
import type { Manifest } from './manifest.ts';

export interface Archive {
  client: S3Client;
  bucket: string;
  /** Until when Object Lock holds what is sealed, from the end of the call. */
  retainUntil: (end: Date) => Date;
}

export interface Sealing {
  callId: string;
  entries: readonly StoredEntry[];
  /** The FHIR QuestionnaireResponse. */
  response: unknown;
  items: { asked: number; answered: number };
  now: Date;
}

/** An S3 client for the archive. Path style, as S3 servers other than AWS's expect; AWS takes it too. */
export function archiveClient(region: string): S3Client {
  return new S3Client({ region, forcePathStyle: true });
}

/**
 * Writes a call's objects under Object Lock, the manifest last: its arrival is what starts enrichment. Sealing
 * again writes the same keys. @returns the key prefix. @throws RecordError `unsealed`.
 */
export async function sealCall(
  archive: Archive,
  sealing: Sealing,
): Promise<{ prefix: string; manifest: Manifest }> {
  const state = foldCall(sealing.entries);
  const { call, startedAt, endedAt } = state;
  if (!call || startedAt === undefined)
    throw new RecordError('corrupt', 'a log that does not begin with its call');
  const { callId, response, items } = sealing;
  const prefix = `${call.tenant}/${startedAt.slice(0, 10).replaceAll('-', '/')}/${callId}`;
  const recording = state.consent === true;
  const objects: [string, string][] = [
    ['log.jsonl', exportLog(sealing.entries, recording)],
    ...(recording
      ? [['transcript.json', canonicalJson({ version: 1, callId, turns: state.turns })] as [string, string]]
      : []),
    ['response.json', JSON.stringify(response, undefined, 2)],
  ];
  const manifest: Manifest = {
    version: 1,
    callId,
    tenant: call.tenant,
    startedAt,
    endedAt: endedAt ?? sealing.now.toISOString(),
    dialled: call.dialled,
    questionnaire: call.questionnaire,
    consent: { recording },
    outcome: state.end?.outcome ?? 'partial',
    redFlags: state.redFlags,
    items,
    objects: objects.map(([name, body]) => ({
      name,
      sha256: createHash('sha256').update(body).digest('hex'),
      bytes: Buffer.byteLength(body),
    })),
    head: sealing.entries.at(-1)?.hash ?? genesis,
  };
  const retainUntil = archive.retainUntil(new Date(manifest.endedAt));
  for (const [name, body] of [
    ...objects,
    ['manifest.json', JSON.stringify(manifest, undefined, 2)] as const,
  ]) {
    await put(archive, `${prefix}/${name}`, body, retainUntil);
  }
  return { prefix, manifest };
}

/** One JSON line an entry. Without consent the spoken kinds keep only their commitments. */
export function exportLog(entries: readonly StoredEntry[], recording: boolean): string {
  return entries
    .map(({ header, hash, salt, payload }) => {
      const withheld = !recording && spokenKinds.has(header.kind);
      return `${canonicalJson(withheld ? { header, hash } : { header, hash, salt, payload })}\n`;
    })
    .join('');
}

async function put({ client, bucket }: Archive, key: string, body: string, retainUntil: Date): Promise<void> {
  const type = key.endsWith('.jsonl') ? 'application/jsonl' : 'application/json';
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: type,
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: retainUntil,
      }),
    );
  } catch (cause) {
    throw new RecordError('unsealed', 'the archive did not take an object', { cause });
  }
}
