import { createHash } from 'node:crypto';
import { canonicalJson } from '@vestibule/core';
import { type EntryHeader, type EntryKind, type Payload, payloads, type StoredEntry } from './entries.ts';

/** What the first entry names as its predecessor. */
export const genesis = '0'.repeat(64);

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** sha256(salt ‖ canonical payload): reveals nothing of the payload to who lacks the salt. */
export function commit(salt: string, payload: unknown): string {
  return sha256(Buffer.from(salt, 'hex'), canonicalJson(payload));
}

export function hashHeader(header: EntryHeader): string {
  return sha256(canonicalJson(header));
}

/** Builds the entry that follows `previous`. `salt`: 16 random bytes in hex. @throws ZodError on a misfit payload. */
export function nextEntry<Kind extends EntryKind>(
  place: { callId: string; seq: number; at: string; writer: string; previous: string },
  kind: Kind,
  payload: Payload<Kind>,
  salt: string,
): StoredEntry {
  const parsed = payloads[kind].parse(payload);
  const header: EntryHeader = { version: 1, ...place, kind, commitment: commit(salt, parsed) };
  return { header, hash: hashHeader(header), salt, payload: parsed };
}

export interface ChainFault {
  seq: number;
  problem: string;
}

/** The first thing wrong with a chain, or undefined. Withheld payloads are no fault: their commitments stand. */
export function verifyChain(entries: readonly StoredEntry[], callId?: string): ChainFault | undefined {
  let previous = genesis;
  for (const [seq, { header, hash, salt, payload }] of entries.entries()) {
    const fault = (problem: string) => ({ seq, problem });
    if (callId !== undefined && header.callId !== callId) return fault('belongs to another call');
    if (header.seq !== seq) return fault(`has number ${header.seq}: an entry is missing, added or moved`);
    if (header.previous !== previous) return fault('does not follow the entry before it');
    if (hashHeader(header) !== hash) return fault('has been altered');
    if (payload !== undefined && (salt === undefined || commit(salt, payload) !== header.commitment)) {
      return fault('has a payload that is not the one committed to');
    }
    previous = hash;
  }
  return undefined;
}
