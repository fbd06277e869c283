import { type Entry, type EntryKind, type Payload, payloadOf } from '@vestibule/record';

/** What one call took, as its record has it. */
export interface Usage {
  seconds: number;
  /** Entries of the call's log; each is an append. */
  entries: number;
  /** Language model: requests, and tokens as the service counted them. */
  turns: number;
  promptTokens: number;
  completionTokens: number;
  /** Speech synthesis: requests (one a sentence) and characters. */
  sentences: number;
  characters: number;
  /** How long the caller was heard, s. */
  heardSeconds: number;
}

/** @throws RangeError when the record has no end: what a call took is known when it is over. */
export function usageOf(entries: readonly Entry[]): Usage {
  const all = <Kind extends EntryKind>(kind: Kind): Payload<Kind>[] =>
    entries.flatMap((entry) => payloadOf(entry, kind) ?? []);
  const [end] = all('end');
  if (end === undefined) throw new RangeError('the record has no end that can be read');
  const outputs = all('output');
  const said = all('said');
  return {
    seconds: end.durationMs / 1000,
    entries: entries.length,
    turns: outputs.length,
    promptTokens: sum(outputs, ({ usage }) => usage?.promptTokens ?? 0),
    completionTokens: sum(outputs, ({ usage }) => usage?.completionTokens ?? 0),
    sentences: said.length,
    characters: sum(said, ({ piiText }) => piiText.length),
    heardSeconds: sum(all('final'), ({ startMs, endMs }) => endMs - startMs) / 1000,
  };
}

/** Rates over all calls together, so that a long call counts for more than a short one. */
export function ratesOf(calls: readonly Usage[]): Record<string, number> {
  const total = (of: (usage: Usage) => number) => sum(calls, of);
  const minutes = total(({ seconds }) => seconds) / 60;
  const turns = total((usage) => usage.turns);
  return {
    'entries a minute': total(({ entries }) => entries) / minutes,
    'model turns a minute': turns / minutes,
    'prompt tokens a turn': total(({ promptTokens }) => promptTokens) / turns,
    'completion tokens a turn': total(({ completionTokens }) => completionTokens) / turns,
    'sentences a minute': total(({ sentences }) => sentences) / minutes,
    'characters a minute': total(({ characters }) => characters) / minutes,
    'share of the time that the caller speaks': total(({ heardSeconds }) => heardSeconds) / (minutes * 60),
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0);
