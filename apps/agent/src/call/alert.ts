import type { CallLog } from '@vestibule/record';
import type { McpTools } from '../tools/mcp-client.ts';
import type { CallFacts } from './caller.ts';

const tool = 'create_case';

/** Opens a case with the backend so that staff see it at once. Keyed by call and reason: it happens once. */
export async function alertStaff(
  tools: McpTools | undefined,
  log: CallLog,
  flag: { id: string; severity: string; words: string | undefined },
  facts: CallFacts,
): Promise<void> {
  if (!tools?.has(tool)) {
    await log.append('error', { part: tool, code: 'unavailable' });
    return;
  }
  const args = {
    callId: facts.callId,
    summary:
      flag.words === undefined
        ? `Red flag: ${flag.id}`
        : `Red flag: ${flag.id}. The caller said: ${flag.words}`,
    priority: flag.severity === 'concern' ? 'routine' : 'urgent',
    ...(facts.caller === undefined ? {} : { callbackNumber: facts.caller }),
  };
  await tools.call(tool, args, `${facts.callId}:${flag.id}`);
}
