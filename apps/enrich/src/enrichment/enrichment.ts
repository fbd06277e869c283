import type { Manifest, Entry, Transcript } from '@vestibule/record';
import type { IntakeResponse } from '../response.ts';
import { type ExtractedCode, extractCodes } from './codes.ts';
import { type CallQuality, measureQuality } from './quality.ts';
import { type IntakeSummary, summarise } from './summary.ts';

/** What a sealed call holds. The transcript is absent without consent to recording. */
export interface CallRecord {
  manifest: Manifest;
  response: IntakeResponse;
  transcript: Transcript | undefined;
  log: readonly Entry[];
}

/** `enrichment.json`. Made from the record alone, so that the same record gives the same bytes. */
export interface Enrichment {
  version: 1;
  callId: string;
  /** The chain's head that it was made from. */
  head: string;
  summary: IntakeSummary;
  codes: readonly ExtractedCode[];
  quality: CallQuality;
}

export function enrich(record: CallRecord): Enrichment {
  const { manifest, response } = record;
  return {
    version: 1,
    callId: manifest.callId,
    head: manifest.head,
    summary: summarise(manifest, response),
    codes: extractCodes(response),
    quality: measureQuality(record),
  };
}
