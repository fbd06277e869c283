import type { Definition } from '@vestibule/questionnaire';
import { attemptId, type CallState, foldCall, type Payload, readLog } from '@vestibule/record';
import { callingOf } from '../call-back/calling.ts';
import { mostAttempts } from '../call-back/schedule.ts';
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
  if (!d.lastCalls || facts.caller === undefined) return undefined;
  const { verified } = facts.edge;
  // Who may be called back is not once they have called again.
  if (!verified && callingOf(d.config, { piiCaller: facts.caller, edge: facts.edge }) === undefined)
    return undefined;
  const callId = await d.lastCalls.exchange(facts);
  if (!verified || callId === undefined || callId === facts.callId) return undefined;
  return goesOnFrom(d, await latestOf(d, callId), definition);
}

async function goesOnFrom(
  d: Needed,
  callId: string,
  definition: Definition,
): Promise<Payload<'earlier'> | undefined> {
  const entries = await readLog(d.store, d.keys, callId);
  const lastAt = Date.parse(entries.at(-1)?.header.at ?? '');
  const state = foldCall(entries);
  const isRecent = d.clock.now() - lastAt < d.config.agent.resumeMinutes * 60_000;
  if (!isRecent || !mayGoOn(state, definition)) return undefined;
  // The same number may have two callers at once, as a clinic's has.
  if (!state.end && (await isCallerThere(d.rooms, state.call?.room ?? ''))) return undefined;
  return { callId, piiInputs: state.inputs };
}

/** The caller may have been called back meanwhile: what was said there comes after it. */
async function latestOf({ config, keys, store }: Needed, callId: string): Promise<string> {
  for (let attempt = mostAttempts(config); attempt > 0; attempt--) {
    const id = attemptId(callId, attempt);
    if (foldCall(await readLog(store, keys, id)).consent === true) return id;
  }
  return callId;
}

function mayGoOn({ call, consent, inputs, handOver, end }: CallState, { url, version }: Definition): boolean {
  const isSame = call?.questionnaire.url === url && call.questionnaire.version === version;
  const isCutOff =
    (handOver === undefined || handOver === 'wants-call-back') &&
    (end === undefined || end.outcome === 'partial');
  return isSame && consent === true && inputs.length > 0 && isCutOff;
}
