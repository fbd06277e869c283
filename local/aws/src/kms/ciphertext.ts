import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KmsKey } from './key-ring.ts';

/**
 * What Encrypt returns. As AWS's, it names its key, so that Decrypt needs no KeyId; the layout is this stand-in's own:
 *
 *     magic (5) | key id (16) | initialisation vector (12) | tag (16) | AES-256-GCM of the plaintext
 *
 * Authenticated along with it: magic, key id and the encryption context.
 */
const magic = Buffer.from('lkms\x01', 'latin1');
const idEnd = magic.length + 16;
const ivEnd = idEnd + 12;
const tagEnd = ivEnd + 16;

/** Names and values, all of them a caller's own words to AWS; never the data itself. */
export type EncryptionContext = Readonly<Record<string, string>>;

export function seal(key: KmsKey, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const header = Buffer.concat([magic, Buffer.from(key.id.replaceAll('-', ''), 'hex')]);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.material, iv);
  cipher.setAAD(authenticated(header, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), sealed]);
}

/** The id of the key that made `blob`, or undefined when it is no ciphertext of this stand-in. */
export function keyIdIn(blob: Buffer): string | undefined {
  if (blob.length <= tagEnd || !blob.subarray(0, magic.length).equals(magic)) return undefined;
  return blob
    .toString('hex', magic.length, idEnd)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The plaintext, or undefined when blob, key and context do not belong together. */
export function unseal(key: KmsKey, blob: Buffer, context: EncryptionContext): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key.material, blob.subarray(idEnd, ivEnd), {
    authTagLength: 16,
  });
  decipher.setAAD(authenticated(blob.subarray(0, idEnd), context));
  decipher.setAuthTag(blob.subarray(ivEnd, tagEnd));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagEnd)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Pairs in the order of their names: the order in which a client lists them means nothing. */
function authenticated(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
