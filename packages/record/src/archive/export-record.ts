import { openEntry } from '../log/sealed-entry.ts';
import { redactPayload } from '../payload/commitment.ts';
import type { Entry } from '../log/entries.ts';
import type { StoredRecord } from './find-record.ts';
import { openedLines } from './exported.ts';

/** Objects that hold a caller's data beside the log. */
const callerObjects = [
  'transcript.json',
  'transcript.txt',
  'transcript.vtt',
  'response.json',
  'enrichment.json',
];

/** The entries of a record, opened. Without a key only what is no caller's secret is there. @throws RecordError `corrupt` */
export function openRecord({ entries }: StoredRecord, key: Buffer | undefined): Entry[] {
  return entries.map(({ sealed, ...entry }) => {
    if (sealed === undefined) return entry;
    return key === undefined
      ? { header: entry.header, hash: entry.hash }
      : openEntry(key, { ...entry, sealed });
  });
}

/** A caller's data out of an entry; its commitment can still be checked. */
export function redactEntry({ header, hash, outer, inner, payload }: Entry): Entry {
  if (payload === undefined || outer === undefined) return { header, hash };
  return { header, hash, outer, payload: inner === undefined ? payload : redactPayload(payload, inner) };
}

/**
 * The files of an exported folder, by name: what `verifyRecord` needs, offline, and no key. `redacted`: without a caller's data.
 * The recording is not among them: whoever exports the whole record puts it beside them.
 */
export function exportedFiles(
  record: StoredRecord,
  entries: readonly Entry[],
  { redacted }: { redacted: boolean },
): Map<string, string> {
  const files = new Map(record.texts);
  files.delete('key.json');
  const texts = redacted ? callerObjects.filter((name) => files.delete(name)) : [];
  const withheld = [...texts, ...(redacted && record.recording ? [record.recording.name] : [])];
  files.set('payloads.jsonl', openedLines(redacted ? entries.map(redactEntry) : entries));
  files.set('checkpoints.jsonl', record.checkpoints.map((one) => `${JSON.stringify(one)}\n`).join(''));
  if (withheld.length > 0)
    files.set('withheld.json', JSON.stringify({ reason: 'redacted', objects: withheld }));
  return files;
}
