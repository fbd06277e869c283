import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { putJson } from './archive/objects.ts';
import type { EnrichError } from './errors.ts';
import { type SealedCall, sealedEvent } from './events.ts';

/** The archive's bucket, and where in it what cannot be enriched is put. No tenant's name begins so. */
export interface DeadLetters {
  s3: S3Client;
  bucket: string;
}
const folder = '_enrich/dead-letters/';

/** What could not be taken for a call: by whom it was sent, and its text, of which only the digest is kept. */
export interface Unreadable {
  messageId: string | undefined;
  text: string;
}

/**
 * Puts poison away with its reason, so that its queue goes on: a person mends what `remedy` says and sends `event` again. It holds
 * nothing of a caller's. The same poison is the same object. @returns its key. @throws EnrichError `archive-unavailable`
 */
export async function bury(
  { s3, bucket }: DeadLetters,
  dead: SealedCall | Unreadable,
  { code, detail, remedy }: EnrichError,
): Promise<string> {
  const { name, what } = describe(dead, code);
  const key = `${folder}${name}.json`;
  const letter = { version: 1, at: new Date().toISOString(), code, detail, remedy, ...what };
  await putJson(s3, { bucket, key }, letter);
  return key;
}

function describe(dead: SealedCall | Unreadable, code: string): { name: string; what: object } {
  if ('prefix' in dead) return { name: `${dead.prefix}${code}`, what: { event: sealedEvent(dead) } };
  const sha256 = createHash('sha256').update(dead.text).digest('hex');
  const { messageId = sha256 } = dead;
  return {
    // Whoever sent it may have named it too.
    name: `events/${encodeURIComponent(messageId)}`,
    what: { message: { id: dead.messageId, sha256, characters: dead.text.length } },
  };
}
