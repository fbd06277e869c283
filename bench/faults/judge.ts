import { type Entry, payloadOf } from '@vestibule/record';
import type { FaultName } from './faults.ts';

/** What one fault did to one call. No caller data. */
export interface Result {
  fault: FaultName;
  callId: string;
  /** When it struck, ISO 8601. */
  at: string;
  /** ms from the fault to the first of the agent's speech that the caller heard after it. */
  heardAgainMs?: number;
  /** ms from the fault to the entry of whoever took the call over. */
  claimedMs?: number;
  /** ms from the fault to that worker's first words on the record: it is in the room and hears the caller. */
  joinedMs?: number;
  outcome: string;
  endedBy: string;
  answersBefore: number;
  /** Items whose confirmed answer is missing or another at the end. */
  lost: string[];
  /** Items that were asked for again although their answer was confirmed. */
  askedTwice: string[];
  /** Reasons for which the backend has more than one case of this call. */
  repeated: string[];
  /** `record verify` found nothing. */
  isVerified: boolean;
}

export interface Strike {
  fault: FaultName;
  /** Wall clock, ms. */
  at: number;
}

/**
 * @param spokeAt when the agent began to speak, as the caller heard it; wall clock, ms.
 * @param nextAt when the call was struck again: what is later is not this strike's.
 */
export function judge(
  { fault, at }: Strike,
  entries: readonly Entry[],
  spokeAt: readonly number[],
  nextAt = Infinity,
): Omit<Result, 'repeated' | 'isVerified'> {
  const takeOver = entries.find(({ header: { kind, at: time } }) => {
    const takenAt = Date.parse(time);
    return kind === 'take-over' && takenAt > at && takenAt < nextAt;
  });
  const claimedAt = takeOver && Date.parse(takeOver.header.at);
  const joined =
    takeOver && entries.find(({ header: { kind, seq } }) => kind === 'said' && seq > takeOver.header.seq);
  // What was on its way when the fault came is not the agent's being back.
  const heard = spokeAt.find((one) => one > (claimedAt ?? at));
  const cut = takeOver?.header.seq ?? entries.filter(({ header }) => Date.parse(header.at) < at).length;
  const [before, all] = [answersBefore(entries, cut), answersBefore(entries, entries.length)];
  const end = entries.map((entry) => payloadOf(entry, 'end')).find((found) => found !== undefined);
  return {
    fault,
    callId: entries[0]?.header.callId ?? '',
    at: new Date(at).toISOString(),
    ...(heard === undefined ? {} : { heardAgainMs: Math.round(heard - at) }),
    ...(claimedAt === undefined ? {} : { claimedMs: claimedAt - at }),
    ...(joined === undefined ? {} : { joinedMs: Date.parse(joined.header.at) - at }),
    outcome: end?.outcome ?? 'no end',
    endedBy: end?.by ?? '',
    answersBefore: before.size,
    lost: [...before].filter(([item, value]) => all.get(item) !== value).map(([item]) => item),
    askedTwice: answeredIn(entries.slice(cut)).filter((item) => before.has(item)),
  };
}

interface EngineEvent {
  kind: string;
  linkId?: string;
  value?: unknown;
  confirmed?: boolean;
}

const eventsOf = (entry: Entry) => (payloadOf(entry, 'answer')?.piiEvents ?? []) as EngineEvent[];

const answeredIn = (entries: readonly Entry[]) =>
  entries
    .flatMap(eventsOf)
    .filter(({ kind }) => kind === 'answered')
    .flatMap(({ linkId }) => linkId ?? []);

/** The answers that stood on the log at an entry: item to its value as JSON. What was rejected at its read-back stands no more. */
export function answersBefore(entries: readonly Entry[], seq: number): Map<string, string> {
  const standing = new Map<string, string>();
  for (const { kind, linkId, value, confirmed } of entries.slice(0, seq).flatMap(eventsOf)) {
    if (linkId === undefined) continue;
    if (kind === 'rejected' || kind === 'invalid') standing.delete(linkId);
    if ((kind === 'answered' && confirmed === true) || kind === 'confirmed')
      standing.set(linkId, JSON.stringify(value));
  }
  return standing;
}
