import { payloadOf, type Entry, type Transcript } from '@vestibule/record';
import type { CallRecord } from './enrichment.ts';

/** Figures of one call. Times in ms. What only a transcript can tell is absent without one. */
export interface CallQuality {
  durationMs: number;
  itemsAsked: number;
  itemsAnswered: number;
  /** Answers that the caller changed, and ones that did not fit their item. */
  corrections?: number;
  invalidAnswers?: number;
  bargeIns: number;
  takeOvers: number;
  failedToolCalls?: number;
  /** Count by code, such as `stt-lost`. */
  errors: Record<string, number>;
  turns?: { caller: number; agent: number };
  callerSpokeMs?: number;
  agentSpokeMs?: number;
  /** Mean of the recogniser's confidence over the caller's turns, 0 to 1. */
  confidence?: number;
  /** From the end of a caller's turn to the start of the agent's next one. */
  responseMs?: { median: number; p95: number };
}

export function measureQuality({ manifest, transcript, log }: CallRecord): CallQuality {
  const count = (kind: Entry['header']['kind']) => log.filter(({ header }) => header.kind === kind).length;
  const events = log.flatMap((entry) => payloadOf(entry, 'answer')?.piiEvents ?? []).map(kindOf);
  const results = log.flatMap((entry) => payloadOf(entry, 'tool-result') ?? []);
  return {
    durationMs: Math.max(0, Date.parse(manifest.endedAt) - Date.parse(manifest.startedAt)),
    itemsAsked: manifest.items.asked,
    itemsAnswered: manifest.items.answered,
    bargeIns: count('barge-in'),
    takeOvers: count('take-over'),
    // Without consent answers and results are withheld from the log: not known is not none.
    ...(manifest.consent.recording && {
      corrections: events.filter((kind) => kind === 'corrected').length,
      invalidAnswers: events.filter((kind) => kind === 'invalid').length,
      failedToolCalls: results.filter(({ failed }) => failed).length,
    }),
    errors: tally(log.flatMap((entry) => payloadOf(entry, 'error')?.code ?? [])),
    ...(transcript && spoken(transcript.turns)),
  };
}

type Turns = Transcript['turns'];

function spoken(turns: Turns): Partial<CallQuality> {
  const of = (speaker: 'caller' | 'agent') => turns.filter((turn) => turn.speaker === speaker);
  const length = (some: Turns) =>
    some.reduce((sum, { startMs, endMs }) => sum + Math.max(0, endMs - startMs), 0);
  const [caller, agent] = [of('caller'), of('agent')];
  const confidences = caller.flatMap(({ confidence }) => confidence ?? []);
  const waits = responseTimes(turns);
  return {
    turns: { caller: caller.length, agent: agent.length },
    callerSpokeMs: length(caller),
    agentSpokeMs: length(agent),
    ...(confidences.length > 0 && {
      confidence:
        Math.round((confidences.reduce((sum, one) => sum + one, 0) / confidences.length) * 1000) / 1000,
    }),
    ...(waits.length > 0 && { responseMs: { median: rank(waits, 0.5), p95: rank(waits, 0.95) } }),
  };
}

/** Sorted. A turn of the agent's that began before the caller had ended was no response. */
function responseTimes(turns: Turns): number[] {
  const ordered = [...turns].sort((a, b) => a.startMs - b.startMs);
  return ordered
    .flatMap((turn, index) => {
      const next = ordered[index + 1];
      const responded = turn.speaker === 'caller' && next?.speaker === 'agent' && next.startMs >= turn.endMs;
      return responded ? [next.startMs - turn.endMs] : [];
    })
    .sort((a, b) => a - b);
}

/** Nearest rank. */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function kindOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'kind' in event ? event.kind : undefined;
}
