import { payloadOf } from '@vestibule/record';
import { z } from 'zod';
import { absence, flatItems, notAsked } from '../response.ts';
import type { CallRecord } from './enrichment.ts';
import { distribution, type Distribution, tally } from './figures.ts';
import { measureSpeech, type SpeechQuality } from './speech.ts';

/** Figures of one call. Times in ms. What only spoken kinds of entries can tell is absent without consent to recording. */
export interface CallQuality extends Partial<SpeechQuality> {
  durationMs: number;
  /** Until the agent's first word. */
  greetingMs?: number;
  itemsAsked: number;
  itemsAnswered: number;
  itemsDeclined: number;
  itemsUnknown: number;
  /** Put to the caller without an answer that could be used. */
  itemsUnusable: number;
  itemsNotAsked: number;
  /** Answers that the caller changed, and ones that did not fit their item. */
  corrections?: number;
  invalidAnswers?: number;
  /** Invalid answers by item: which questions callers stumble over. */
  retries?: Record<string, number>;
  /** How answers came: `typed-parse`, `model-tool`, `keypad` … */
  obtainedBy?: Record<string, number>;
  /** Answers that were to be read back, and read-backs that the caller rejected. */
  readBacks?: number;
  rejectedReadBacks?: number;
  bargeIns: number;
  /** Times that nothing was heard, so that we spoke again. */
  silentTurns: number;
  takeOvers: number;
  toolCalls?: number;
  failedToolCalls?: number;
  toolMs?: Distribution;
  /** Of the language model, from prompt to the end of its output. */
  modelMs?: Distribution;
  tokens?: { prompt: number; completion: number };
  /** Count by code, such as `stt-lost`. */
  errors: Record<string, number>;
}

export function measureQuality(record: CallRecord): CallQuality {
  const { manifest, transcript, log } = record;
  const count = (kind: 'barge-in' | 'take-over') => log.filter(({ header }) => header.kind === kind).length;
  return {
    durationMs: Math.max(0, Date.parse(manifest.endedAt) - Date.parse(manifest.startedAt)),
    ...items(record),
    bargeIns: count('barge-in'),
    silentTurns: log.filter((entry) => payloadOf(entry, 'turn')?.by === 'silence').length,
    takeOvers: count('take-over'),
    errors: tally(log.flatMap((entry) => payloadOf(entry, 'error')?.code ?? [])),
    // Without consent these are withheld from the log: not known is not none.
    ...(manifest.consent.recording && { ...answers(record), ...tools(record), ...model(record) }),
    ...(transcript && { ...greeting(transcript.turns), ...measureSpeech(transcript.turns) }),
  };
}

function items({ manifest, response }: CallRecord) {
  const open = tally(
    flatItems(response.item).flatMap(({ answer = [] }) => answer.flatMap((one) => absence(one) ?? [])),
  );
  return {
    itemsAsked: manifest.items.asked,
    itemsAnswered: manifest.items.answered,
    itemsDeclined: open['declined'] ?? 0,
    itemsUnknown: open['not known'] ?? 0,
    itemsUnusable: open['no usable answer'] ?? 0,
    itemsNotAsked: open[notAsked] ?? 0,
  };
}

const eventSchema = z.object({ kind: z.string(), linkId: z.string().optional() });

function answers({ log }: CallRecord) {
  const given = log.flatMap((entry) => payloadOf(entry, 'answer') ?? []);
  const events = given
    .flatMap(({ piiEvents }) => piiEvents)
    .flatMap((event) => eventSchema.safeParse(event).data ?? []);
  const of = (wanted: string) => events.filter(({ kind }) => kind === wanted);
  return {
    corrections: of('corrected').length,
    invalidAnswers: of('invalid').length,
    retries: tally(of('invalid').flatMap(({ linkId }) => linkId ?? [])),
    obtainedBy: tally(given.flatMap(({ obtained }) => obtained?.by ?? [])),
    readBacks: given.filter(({ readBack }) => readBack === 'owed').length,
    rejectedReadBacks: given.filter(({ readBack }) => readBack === 'rejected').length,
  };
}

function tools({ log }: CallRecord) {
  const results = log.flatMap((entry) => payloadOf(entry, 'tool-result') ?? []);
  const toolMs = distribution(results.map(({ durationMs }) => durationMs));
  return {
    toolCalls: results.length,
    failedToolCalls: results.filter(({ failed }) => failed).length,
    ...(toolMs && { toolMs }),
  };
}

function model({ log }: CallRecord) {
  const outputs = log.flatMap((entry) => payloadOf(entry, 'output') ?? []);
  const modelMs = distribution(outputs.map(({ durationMs }) => durationMs));
  const sum = (of: 'promptTokens' | 'completionTokens') =>
    outputs.reduce((total, { usage }) => total + (usage?.[of] ?? 0), 0);
  return {
    ...(modelMs && { modelMs, tokens: { prompt: sum('promptTokens'), completion: sum('completionTokens') } }),
  };
}

function greeting(turns: readonly { speaker: string; startMs: number }[]) {
  const starts = turns.flatMap(({ speaker, startMs }) => (speaker === 'agent' ? [startMs] : []));
  return starts.length > 0 ? { greetingMs: Math.min(...starts) } : {};
}
