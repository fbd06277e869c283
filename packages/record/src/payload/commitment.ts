import { canonicalJson } from '@vestibule/core';
import { sha256Hex } from '../digest.ts';

/** Two salts of 16 random bytes, in hex: `outer` for the commitment, `inner` for what is a caller's within it. */
export interface Salts {
  outer: string;
  inner: string;
}

/** What stands in the place of a caller's datum once it is redacted: enough to check, too little to guess. */
export interface Redacted {
  redacted: string;
}

/**
 * sha256(outer salt ‖ canonical redacted payload), hex. It can be checked against the payload with both salts, and
 * against the redacted payload with the outer one; without salts it reveals nothing.
 */
export function commit(redactedPayload: unknown, outerSalt: string): string {
  return sha256Hex(Buffer.from(outerSalt, 'hex'), canonicalJson(redactedPayload));
}

/**
 * The payload with each member whose key begins with `pii` replaced by sha256(inner salt ‖ its path ‖ 0x00 ‖ its
 * canonical JSON). Members that are redacted already stay as they are.
 */
export function redactPayload(payload: unknown, innerSalt: string): unknown {
  return redact(payload, Buffer.from(innerSalt, 'hex'), '');
}

function redact(value: unknown, salt: Buffer, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => redact(item, salt, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]: [string, unknown]) => {
        const at = `${path}/${key}`;
        if (!key.startsWith('pii') || isRedacted(member)) return [key, redact(member, salt, at)];
        return [key, { redacted: sha256Hex(salt, at, '\0', canonicalJson(member)) } satisfies Redacted];
      }),
  );
}

function isRedacted(value: unknown): value is Redacted {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    /^[0-9a-f]{64}$/.test(String((value as Partial<Redacted>).redacted))
  );
}
