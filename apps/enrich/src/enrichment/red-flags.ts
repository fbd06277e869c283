import { redFlagsIn } from '@vestibule/questionnaire';
import { type Payload, payloadOf } from '@vestibule/record';
import type { KnownQuestionnaire } from '../questionnaires.ts';
import type { CallRecord } from './enrichment.ts';

/** A red flag, looked at after the call. */
export interface ReviewedFlag {
  id: string;
  severity: string;
  /** What was to be done: `create-case`, `hand-over` or `say`. Absent when nothing was, as nobody saw it. */
  action?: string;
  /** What saw it: a phrase on the way, an answer, a model, or only this second reading of the final transcript. */
  lane: Payload<'red-flag'>['lane'] | 'review';
  linkId?: string;
  /** When it was raised (of `review`: when it was said), ms since the call began. */
  atMs: number;
  /**
   * Whether staff were told during the call. `not-known`: without consent the log keeps no tool calls. `not-needed`: the flag
   * only has something said to the caller.
   */
  staff: 'told' | 'not-told' | 'not-known' | 'not-needed';
  /** ISO 8601; with it, `toldAfterMs`: from the flag to the backend's answer. */
  toldAt?: string;
  toldAfterMs?: number;
}

/**
 * Every flag once, as it was first raised, and whether it reached a person; then those that the questionnaire's rules find in what the
 * caller finally was heard to say, but that nobody raised: the recogniser corrects itself after the live lane has listened.
 */
export function reviewFlags(record: CallRecord, questionnaire?: KnownQuestionnaire): ReviewedFlag[] {
  const raised = new Map<string, ReviewedFlag>();
  for (const entry of record.log) {
    const flag = payloadOf(entry, 'red-flag');
    if (!flag || raised.has(flag.id)) continue;
    const { id, severity, action, lane, linkId } = flag;
    raised.set(id, {
      id,
      severity,
      action,
      lane,
      ...(linkId !== undefined && { linkId }),
      atMs: sinceStart(record, entry.header.at),
      ...delivery(record, id, action, entry.header.at),
    });
  }
  return [...raised.values(), ...missed(record, questionnaire, raised)];
}

/** Staff are told by the tool `create_case`, keyed by call and flag. */
function delivery(
  { manifest, log }: CallRecord,
  id: string,
  action: string,
  raisedAt: string,
): Pick<ReviewedFlag, 'staff' | 'toldAt' | 'toldAfterMs'> {
  if (action === 'say') return { staff: 'not-needed' };
  if (!manifest.consent.recording) return { staff: 'not-known' };
  const key = alertKey(manifest.callId, id);
  const done = log.find((entry) => {
    const result = payloadOf(entry, 'tool-result');
    return result?.key === key && !result.failed;
  });
  if (!done) return { staff: 'not-told' };
  const { at } = done.header;
  return { staff: 'told', toldAt: at, toldAfterMs: Math.max(0, Date.parse(at) - Date.parse(raisedAt)) };
}

/** As the agent's alerts make it: part of what the log says, and so not shared with it. */
const alertKey = (callId: string, id: string) => `${callId}:${id.replaceAll(/[^\w.-]/g, '-').slice(0, 60)}`;

function missed(
  { transcript }: CallRecord,
  questionnaire: KnownQuestionnaire | undefined,
  raised: ReadonlyMap<string, unknown>,
): ReviewedFlag[] {
  if (!questionnaire || !transcript) return [];
  const found = new Map<string, ReviewedFlag>();
  for (const { speaker, text, startMs } of transcript.turns) {
    if (speaker !== 'caller') continue;
    for (const { id, severity, linkId } of redFlagsIn(questionnaire.definition, text)) {
      if (raised.has(id) || found.has(id)) continue;
      const place = linkId === undefined ? {} : { linkId };
      found.set(id, { id, severity, lane: 'review', ...place, atMs: startMs, staff: 'not-told' });
    }
  }
  return [...found.values()];
}

const sinceStart = ({ log }: CallRecord, at: string) =>
  Math.max(0, Date.parse(at) - Date.parse(log[0]?.header.at ?? at));
