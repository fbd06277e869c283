import { canonicalJson } from '@vestibule/core';
import { leafHash } from '../merkle/tree.ts';
import { commit, redactPayload, type Salts } from '../payload/commitment.ts';
import { type Entry, type EntryHeader, type EntryKind, type Payload, payloads } from './entries.ts';

/** What the first entry names as its predecessor. */
export const genesis = '0'.repeat(64);

export interface Place {
  callId: string;
  seq: number;
  at: string;
  writer: string;
  fence: number;
  previous: string;
}

/**
 * RFC 6962's leaf hash of the header's canonical JSON, hex: the one hash of an entry, in the chain and in the tree.
 */
export function hashHeader(header: EntryHeader): string {
  return leafHash(canonicalJson(header)).toString('hex');
}

/** Builds the entry that follows `place.previous`. @throws ZodError on a misfit payload. */
export function nextEntry<Kind extends EntryKind>(
  place: Place,
  kind: Kind,
  payload: Payload<Kind>,
  salts: Salts,
): Entry {
  const parsed = payloads[kind].parse(payload);
  const commitment = commit(redactPayload(parsed, salts.inner), salts.outer);
  const header: EntryHeader = { version: 2, ...place, kind, commitment };
  return { header, hash: hashHeader(header), outer: salts.outer, inner: salts.inner, payload: parsed };
}

/** True when the payload is the one that the header commits to, whole or with a caller's data redacted. */
export function isCommitted({ header, outer, inner, payload }: Entry): boolean {
  if (payload === undefined) return true;
  if (outer === undefined) return false;
  const redacted = inner === undefined ? payload : redactPayload(payload, inner);
  return commit(redacted, outer) === header.commitment;
}
