import { type Entry, type EntryKind, payloadOf } from '@vestibule/record';

/** What a replay needs in full: the inputs, and the decisions to compare. */
const needed: ReadonlySet<EntryKind> = new Set([
  ...(['call', 'partial', 'final', 'provisional', 'keys', 'turn', 'output'] as const),
  ...(['consent', 'answer', 'red-flag', 'hand-over', 'said', 'end'] as const),
]);

/** Why a record cannot be replayed, in words; undefined when it can. */
export function obstacleIn(entries: readonly Entry[]): string | undefined {
  if (entries[0]?.header.kind !== 'call') return 'it has no beginning';
  const hidden = entries.filter(({ header, inner }) => needed.has(header.kind) && inner === undefined);
  if (hidden.length > 0) return whyHidden(entries, hidden);
  const has = (kind: EntryKind) => entries.some(({ header }) => header.kind === kind);
  if (has('prompt') && !has('turn')) return 'it was recorded before the caller’s turns were entries';
  return undefined;
}

function whyHidden(entries: readonly Entry[], hidden: readonly Entry[]): string {
  if (hidden.some(({ payload }) => payload !== undefined))
    return 'it is redacted: what was heard and said is not in it';
  if (entries.every(({ payload }) => payload === undefined)) return 'its payloads are erased, or its key is';
  const consent = entries.flatMap((entry) => payloadOf(entry, 'consent') ?? []).at(-1);
  if (consent?.recording !== true)
    return 'the caller did not consent to recording: what was heard and said was not kept';
  return 'some of its payloads are missing';
}
