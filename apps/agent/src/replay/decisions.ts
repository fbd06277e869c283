import { type Entry, type EntryKind, payloadOf } from '@vestibule/record';

const kinds: ReadonlySet<EntryKind> = new Set([
  'consent',
  'resumption',
  'call-back-wish',
  'answer',
  'withdrawn',
  'red-flag',
  'hand-over',
]);
/** For other reasons a worker leaves the call, and not the conversation the caller. */
const handOvers: ReadonlySet<string> = new Set([
  'wants-person',
  'wants-to-stop',
  'no-model',
  'no-hearing',
  'no-usable-answer',
  'patient-only',
  'red-flag',
]);

/** True for what the conversation decided, as opposed to what came in from outside. */
export function isDecision(entry: Entry): boolean {
  const { kind } = entry.header;
  return kinds.has(kind) && (kind !== 'hand-over' || handOvers.has(payloadOf(entry, kind)?.reason ?? ''));
}

/** What is compared of a decision: all but the versions that it was made under. */
export function contentOf(entry: Entry | undefined): Record<string, unknown> | undefined {
  if (!entry) return undefined;
  const { versions: _, ...content } = entry.payload as Record<string, unknown>;
  return { kind: entry.header.kind, ...content };
}
