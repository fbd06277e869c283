import type { Manifest, Entry, Transcript } from '@vestibule/record';
import type { KnownQuestionnaire } from '../questionnaires.ts';
import type { IntakeResponse } from '../response.ts';
import { type ExtractedCode, extractCodes, type QuestionCode, questionCodes } from './codes.ts';
import { type CallQuality, measureQuality } from './quality.ts';
import { type ReviewedFlag, reviewFlags } from './red-flags.ts';
import { type IntakeSummary, summarise } from './summary.ts';

/** What a sealed call holds. The transcript is absent without consent to recording. */
export interface CallRecord {
  manifest: Manifest;
  response: IntakeResponse;
  /** The response as it was sealed, with all that enrichment does not read. */
  resource: Readonly<Record<string, unknown>>;
  /** The signed end of the log. */
  root: { root: string; size: number; at: string };
  transcript: Transcript | undefined;
  log: readonly Entry[];
}

/** `enrichment.json`. Made from the record alone, so that the same record gives the same bytes. */
export interface Enrichment {
  version: 2;
  callId: string;
  /** The chain's head that it was made from. */
  head: string;
  summary: IntakeSummary;
  codes: readonly ExtractedCode[];
  questions: readonly QuestionCode[];
  redFlags: readonly ReviewedFlag[];
  /** Whether the caller's words were read a second time for red flags: that needs the questionnaire and a transcript. */
  reviewed: boolean;
  quality: CallQuality;
}

/** `questionnaire`: the one that was asked, in its version; without it there are no codes of questions and no second reading. */
export function enrich(record: CallRecord, questionnaire?: KnownQuestionnaire): Enrichment {
  const { manifest, response, transcript } = record;
  const redFlags = reviewFlags(record, questionnaire);
  return {
    version: 2,
    callId: manifest.callId,
    head: manifest.head,
    summary: summarise(manifest, response, redFlags),
    codes: extractCodes(response, questionnaire),
    questions: questionCodes(response, questionnaire),
    redFlags,
    reviewed: questionnaire !== undefined && transcript !== undefined,
    quality: measureQuality(record),
  };
}
