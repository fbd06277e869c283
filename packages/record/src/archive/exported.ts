import { canonicalJson, parseJson } from '@vestibule/core';
import { z } from 'zod';
import { RecordError } from '../errors.ts';
import { type Entry, type SealedEntry } from '../log/entries.ts';
import { parseHeader } from '../log/sealed-entry.ts';

/** `entries.jsonl`: one canonical header a line. A line's bytes, without its end, are a leaf of the call's tree. */
export function headerLines(entries: readonly Pick<SealedEntry, 'header'>[]): string {
  return entries.map(({ header }) => `${canonicalJson(header)}\n`).join('');
}

/** A line of `payloads.jsonl`: sealed under the call's key, or opened, whole or redacted. */
const payloadLineSchema = z.union([
  z.strictObject({ seq: z.number().int(), sealed: z.base64() }),
  z.strictObject({
    seq: z.number().int(),
    outer: z.string(),
    inner: z.string().optional(),
    payload: z.unknown(),
  }),
]);

/** What a call's folder holds of an entry; `sealed` where its payload is there but under the call's key. */
export type ExportedEntry = Entry & { sealed?: string };

export function sealedLines(entries: readonly SealedEntry[]): string {
  return lines(
    entries.flatMap(({ header: { seq }, sealed }) => (sealed === undefined ? [] : [{ seq, sealed }])),
  );
}

export function openedLines(entries: readonly Entry[]): string {
  return lines(
    entries.flatMap(({ header: { seq }, outer, inner, payload }) =>
      payload === undefined ? [] : [{ seq, outer, ...(inner === undefined ? {} : { inner }), payload }],
    ),
  );
}

const lines = (values: readonly unknown[]) => values.map((value) => `${canonicalJson(value)}\n`).join('');

export interface LineFault {
  line: number;
  problem: string;
}

/** Reads both files. Lines that are none are faults; the others are read all the same. */
export function parseExport(
  headers: string,
  payloads: string,
): { entries: ExportedEntry[]; lines: string[]; faults: LineFault[] } {
  const faults: LineFault[] = [];
  const bySeq = new Map<number, z.infer<typeof payloadLineSchema>>();
  for (const [index, line] of textLines(payloads).entries()) {
    const parsed = payloadLineSchema.safeParse(parseJson(line));
    if (parsed.success) bySeq.set(parsed.data.seq, parsed.data);
    else faults.push({ line: index, problem: `payloads.jsonl, line ${index + 1}: no payload of an entry` });
  }
  const headerTexts = textLines(headers);
  const entries = headerTexts.flatMap((line, index) => {
    try {
      const entry = parseHeader(line);
      const { seq: _, ...payload } = bySeq.get(entry.header.seq) ?? { seq: 0 };
      return [{ ...entry, ...payload }];
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      faults.push({ line: index, problem: `entries.jsonl, line ${index + 1}: no entry` });
      return [];
    }
  });
  return { entries, lines: headerTexts, faults };
}

const textLines = (text: string) => text.split('\n').filter((line) => line !== '');
