import { z } from 'zod';
import { EnrichError } from './errors.ts';

/** A manifest that was written, and so a call to enrich. */
export interface SealedCall {
  bucket: string;
  /** The key's part before `manifest.json`, with its last `/`. */
  prefix: string;
}

const s3Record = z.object({
  eventName: z.string(),
  s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});
const manifestKey = /^(.+\/)manifest\.json$/;

/**
 * The calls of an S3 event, each once. S3's test event, deletions and other objects give none.
 * @throws EnrichError `invalid-event`
 */
export function sealedCalls(event: unknown): SealedCall[] {
  const parsed = z.object({ Records: z.array(s3Record).default([]) }).safeParse(event);
  if (!parsed.success) throw new EnrichError('invalid-event');
  const calls = parsed.data.Records.flatMap(({ eventName, s3 }) => {
    const prefix = manifestKey.exec(decodeKey(s3.object.key))?.[1];
    const created = eventName.startsWith('ObjectCreated:');
    return created && prefix !== undefined ? [{ bucket: s3.bucket.name, prefix }] : [];
  });
  return [...new Map(calls.map((call) => [`${call.bucket}/${call.prefix}`, call])).values()];
}

/** Keys in S3's events are form-encoded ("Event message structure", s3.object.key). What is not decodes to no call's key. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** The S3 event that names this call: what to send to have it enriched again. */
export function sealedEvent({ bucket, prefix }: SealedCall): object {
  const key = `${prefix}manifest.json`
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/');
  return { Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object: { key } } }] };
}
