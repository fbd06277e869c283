import type { Definition } from '@vestibule/questionnaire';
import { type CallState, foldCall, type Payload, readLog } from '@vestibule/record';
import type { CallFacts } from './caller.ts';
import { isCallerThere } from './caller-there.ts';
import type { CallDependencies } from './dependencies.ts';

type Needed = Pick<CallDependencies, 'store' | 'keys' | 'rooms' | 'clock' | 'config' | 'lastCalls'>;

/**
 * A call of the same verified caller to the same number that was cut off: with recording consent, some answers, the same
 * questionnaire, and not long ago. undefined when there is none.
 */
export async function findEarlierCall(
  d: Needed,
  facts: CallFacts,
  definition: Definition,
): Promise<Payload<'earlier'> | undefined> {
  if (!d.lastCalls || !facts.edge.verified || facts.caller === undefined) return undefined;
  const callId = await d.lastCalls.exchange(facts);
  if (callId === undefined || callId === facts.callId) return undefined;
  const entries = await readLog(d.store, d.keys, callId);
  const lastAt = Date.parse(entries.at(-1)?.header.at ?? '');
  const state = foldCall(entries);
  const isRecent = d.clock.now() - lastAt < d.config.agent.resumeMinutes * 60_000;
  if (!isRecent || !mayGoOn(state, definition)) return undefined;
  // The same number may have two callers at once, as a clinic's has.
  if (!state.end && (await isCallerThere(d.rooms, state.call?.room ?? ''))) return undefined;
  return { callId, piiInputs: state.inputs };
}

function mayGoOn({ call, consent, inputs, handOver, end }: CallState, { url, version }: Definition): boolean {
  const isSame = call?.questionnaire.url === url && call.questionnaire.version === version;
  const isCutOff = handOver === undefined && (end === undefined || end.outcome === 'partial');
  return isSame && consent === true && inputs.length > 0 && isCutOff;
}
