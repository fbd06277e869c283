import type { Transcript } from '@vestibule/record';
import { distribution, type Distribution, round } from './figures.ts';

type Turn = Transcript['turns'][number];

/** What a transcript tells of how a call went. Times in ms, of the transcript's clock. */
export interface SpeechQuality {
  turns: { caller: number; agent: number };
  callerSpokeMs: number;
  agentSpokeMs: number;
  /** The caller's part of all that was spoken, 0 to 1; absent when nothing was. */
  callerShare?: number;
  /** Time in which both spoke. */
  overlapMs: number;
  /** Turns of the agent's that began while the caller was speaking: we cut in. Barge-ins are the other way round. */
  agentCutIns: number;
  /** Between the first and the last word: when nobody spoke. `long` counts pauses of more than three seconds. */
  silence: { totalMs: number; longestMs: number; long: number; share: number };
  /** Mean and lowest of the recogniser's confidence over the caller's turns, 0 to 1, and how many were below 0.5. */
  confidence?: number;
  lowestConfidence?: number;
  unsureTurns?: number;
  /** From the end of a caller's turn to the start of the agent's next one. */
  responseMs?: Distribution;
}

const longSilenceMs = 3_000;
const unsure = 0.5;

export function measureSpeech(turns: readonly Turn[]): SpeechQuality {
  const ordered = [...turns].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  const [caller, agent] = (['caller', 'agent'] as const).map((one) =>
    ordered.filter((turn) => turn.speaker === one),
  );
  const [callerSpokeMs, agentSpokeMs] = [covered(caller!), covered(agent!)];
  const spokenMs = callerSpokeMs + agentSpokeMs;
  const response = distribution(responseTimes(ordered));
  return {
    turns: { caller: caller!.length, agent: agent!.length },
    callerSpokeMs,
    agentSpokeMs,
    ...(spokenMs > 0 && { callerShare: round(callerSpokeMs / spokenMs) }),
    overlapMs: spokenMs - covered(ordered),
    agentCutIns: agent!.filter((turn) => caller!.some((other) => isDuring(turn.startMs, other))).length,
    silence: silenceIn(ordered),
    ...confidenceOf(caller!),
    ...(response && { responseMs: response }),
  };
}

const isDuring = (at: number, { startMs, endMs }: Turn) => startMs < at && at < endMs;

/** The stretches in which any of the turns goes on; `turns` in order of their starts. */
function stretches(turns: readonly Turn[]): { startMs: number; endMs: number }[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of turns) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs: Math.max(startMs, endMs) });
  }
  return merged;
}

const covered = (turns: readonly Turn[]) =>
  stretches(turns).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

function silenceIn(ordered: readonly Turn[]): SpeechQuality['silence'] {
  const spoken = stretches(ordered);
  const pauses = spoken.slice(1).map(({ startMs }, index) => startMs - spoken[index]!.endMs);
  const totalMs = pauses.reduce((sum, pause) => sum + pause, 0);
  const wholeMs = (spoken.at(-1)?.endMs ?? 0) - (spoken[0]?.startMs ?? 0);
  return {
    totalMs,
    longestMs: Math.max(0, ...pauses),
    long: pauses.filter((pause) => pause > longSilenceMs).length,
    share: wholeMs > 0 ? round(totalMs / wholeMs) : 0,
  };
}

/** A turn of the agent's that began before the caller had ended was no response. */
function responseTimes(ordered: readonly Turn[]): number[] {
  return ordered.flatMap((turn, index) => {
    const next = ordered[index + 1];
    const responded = turn.speaker === 'caller' && next?.speaker === 'agent' && next.startMs >= turn.endMs;
    return responded ? [next.startMs - turn.endMs] : [];
  });
}

function confidenceOf(caller: readonly Turn[]): Partial<SpeechQuality> {
  const given = caller.flatMap(({ confidence }) => confidence ?? []);
  if (given.length === 0) return {};
  return {
    confidence: round(given.reduce((sum, one) => sum + one, 0) / given.length),
    lowestConfidence: round(Math.min(...given)),
    unsureTurns: given.filter((one) => one < unsure).length,
  };
}
