import type { CallLog } from '@vestibule/record';
import type { McpTools } from '../tools/mcp-client.ts';
import type { CallFacts } from './caller.ts';

/** Why a person must look at a call. */
export interface Alert {
  /** A red flag's id, or the reason of a hand-over. */
  id: string;
  urgent: boolean;
  /** What the caller said; only with recording consent. */
  words?: string;
}

const tool = 'create_case';

const reasons: Record<string, string> = {
  'wants-person': 'The caller asked for a person.',
  'no-usable-answer': 'The intake could not be finished: an answer was not understood.',
  'red-flag': 'The intake was handed over because of a red flag.',
};

/** Opens a case with the backend so that staff see it at once. Keyed by call and reason: it happens once. */
export async function alertStaff(
  tools: McpTools | undefined,
  log: CallLog,
  alert: Alert,
  facts: CallFacts,
): Promise<void> {
  if (!tools?.has(tool)) {
    await log.append('error', { part: tool, code: 'unavailable' });
    return;
  }
  const args = {
    reason: reasons[alert.id] ?? `Red flag during a call: ${alert.id}.`,
    ...(alert.words === undefined ? {} : { summary: `The caller said: ${alert.words}` }),
    ...(alert.urgent ? { priority: 'urgent' } : {}),
    ...(facts.caller === undefined ? {} : { callBackNumber: facts.caller }),
  };
  await tools.call(tool, args, `${facts.callId}:${alert.id}`);
}
