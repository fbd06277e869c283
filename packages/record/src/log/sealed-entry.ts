import { openPayload, sealPayload } from '../payload/cipher.ts';
import { hashHeader } from './chain.ts';
import { RecordError } from '../errors.ts';
import { type Entry, headerSchema, type SealedEntry } from './entries.ts';

export function sealEntry(
  key: Buffer,
  { header, hash, outer = '', inner = '', payload }: Entry,
): SealedEntry {
  return { header, hash, sealed: sealPayload(key, hash, { outer, inner, payload }) };
}

/** @throws RecordError `corrupt` */
export function openEntry(key: Buffer, { header, hash, sealed }: SealedEntry): Entry {
  return sealed === undefined ? { header, hash } : { header, hash, ...openPayload(key, hash, sealed) };
}

/** A header as it stands in the log (one line of canonical JSON), with its hash. @throws RecordError `corrupt` */
export function parseHeader(line: string): Pick<SealedEntry, 'header' | 'hash'> {
  try {
    const header = headerSchema.parse(JSON.parse(line));
    return { header, hash: hashHeader(header) };
  } catch (cause) {
    throw new RecordError('corrupt', 'a line that is no entry', { cause });
  }
}
