import { type Entry, openRecord, redactEntry, type StoredRecord } from '@vestibule/record';

/**
 * A call for reading: its facts, every entry in order, one line each. Redacted, a caller's data shows as ‹redacted›; erased,
 * entries show their kind alone.
 */
export function showRecord(record: StoredRecord, key: Buffer | undefined, redacted: boolean): string {
  const opened = openRecord(record, key);
  const entries = redacted ? opened.map(redactEntry) : opened;
  const start = Date.parse(entries[0]?.header.at ?? '');
  const lines = entries
    .filter(({ header }) => header.kind !== 'partial')
    .map((entry) => entryLine(entry, start));
  const partials = entries.length - lines.length;
  return [
    `# ${record.callId}: ${entries.length} entries${partials > 0 ? `, ${partials} of them interim transcripts (not shown)` : ''}`,
    ...lines,
    '',
  ].join('\n');
}

function entryLine({ header, payload }: Entry, start: number): string {
  const ms = Date.parse(header.at) - start;
  const time = `${Math.floor(ms / 60_000)}:${((ms / 1000) % 60).toFixed(1).padStart(4, '0')}`;
  const text = payload === undefined ? '‹withheld or erased›' : plain(payload);
  return `${String(header.seq).padStart(5)}  ${time.padStart(7)}  ${header.kind.padEnd(11)}  ${text}`;
}

/** `key: value` pairs; what is a caller's without its `pii`. */
function plain(payload: unknown): string {
  return Object.entries(payload as Record<string, unknown>)
    .map(([key, value]) => `${nameOf(key)}: ${valueOf(value)}`)
    .join(' · ');
}

const nameOf = (key: string) => key.replace(/^pii(.)/, (_, first: string) => first.toLowerCase());

function valueOf(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').slice(0, 200);
  if (typeof value === 'object' && value !== null && Object.keys(value).join() === 'redacted')
    return '‹redacted›';
  return (JSON.stringify(value) ?? '')
    .replaceAll(/\{"redacted":"[0-9a-f]{64}"\}/g, '‹redacted›')
    .slice(0, 200);
}
