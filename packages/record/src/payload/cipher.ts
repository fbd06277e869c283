import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalJson } from '@vestibule/core';
import { z } from 'zod';
import { RecordError } from '../errors.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** What only the call's key opens: the payload and the salts of its commitment. */
export const openedSchema = z.object({ outer: hex(16), inner: hex(16), payload: z.unknown() });
export type Opened = z.infer<typeof openedSchema>;

const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under the call's key with a random nonce (96 bits; a call has thousands of entries, not 2^32), bound to
 * the entry's hash. @returns base64 of nonce ‖ ciphertext ‖ tag.
 */
export function sealPayload(key: Buffer, entryHash: string, opened: Opened): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(entryHash, 'hex'));
  const body = cipher.update(canonicalJson(opened), 'utf8');
  return Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** @throws RecordError `corrupt` when it was altered, belongs to another entry, or another key made it. */
export function openPayload(key: Buffer, entryHash: string, sealed: string): Opened {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    decipher.setAAD(Buffer.from(entryHash, 'hex'));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const text =
      decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    return openedSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RecordError('corrupt', 'a payload that the call’s key does not open', { cause });
  }
}
