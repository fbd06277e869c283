import { CallLog, type CallState, foldCall, type Lease } from '@vestibule/record';
import type { CallOutcome } from '../desk/desk.ts';
import type { Outcome } from '../conversation/conversation.ts';
import { callingOf } from '../call-back/calling.ts';
import { openConversation } from '../conversation/open.ts';
import { createScript } from '../conversation/script.ts';
import { ToolLine } from '../tools/tool-line.ts';
import { finishOwed } from '../tools/unfinished.ts';
import { type Alert, Alerts } from './alerts.ts';
import { type CallDependencies, dayAt } from './dependencies.ts';
import type { CallFacts } from './caller.ts';
import { hangUp } from './hang-up.ts';
import { sealWithRetries } from './sealing.ts';

/**
 * Ends and seals a call that its worker left behind: the caller is gone, or the end is written and the seal is not. Staff are told
 * of one that was cut off. A call-back that came to no talk ends here too. `log`: when this worker has it at hand.
 */
export async function finishOrphan(d: CallDependencies, lease: Lease, log?: CallLog): Promise<CallOutcome> {
  log ??= await CallLog.open(d.store, lease, d.keys, d.clock);
  const state = foldCall(log.entries);
  if (!state.call) return 'sealed';
  const logger = d.logger.with({ callId: lease.callId });
  const definition = await d.definitionFor(state.call.dialled);
  const beganAt = Date.parse(state.startedAt ?? '');
  const lastAt = Date.parse(log.entries.at(-1)?.header.at ?? '');
  const alerts: Alert[] = [];
  let outcome: Outcome = 'partial';
  const { intake, conversation } = openConversation({
    definition,
    log,
    state,
    script: createScript(d.config, state.call),
    calling: callingOf(d.config, state.call),
    today: dayAt(beganAt, d.config),
    alert: (alert) => void alerts.push(alert),
    onOver: (how) => (outcome = how),
  });
  if (!state.end) {
    await conversation.resume(state);
    const isTalk = !state.call.callBack || state.callBack?.step === 'person';
    if (isTalk && !conversation.isOver) alerts.push({ id: 'cut-off', urgent: false });
    const by = isTalk ? 'fault' : 'agent';
    const givenUp = await d.callBacks?.settle(log, { outcome, by });
    if (givenUp) alerts.push({ id: 'call-back', urgent: false });
    await tellStaff(d, log, state, alerts);
    // What is left of it: LiveKit SIP ends the caller's leg with its room.
    if (state.call.room !== '') await hangUp(d.rooms, state.call.room, logger);
    await log.append('end', { outcome, by, durationMs: Math.max(0, lastAt - beganAt) });
    if (isTalk) logger.warn('call ended in its worker’s place');
  }
  return (await sealWithRetries(d, { log, definition, state: intake.state, logger })) ? 'sealed' : 'open';
}

/** Of what the log has no success for. */
async function tellStaff(
  d: CallDependencies,
  log: CallLog,
  state: CallState,
  raised: readonly Alert[],
): Promise<void> {
  const { clock, logger } = d;
  const facts = factsOf(state, log.callId);
  const line = new ToolLine(d.connectTools(facts, log), clock, logger);
  const alerts = new Alerts({ tools: () => line.tools(), log, facts, clock, logger, onDelayed: () => {} });
  alerts.resume(state);
  for (const alert of raised) alerts.raise(alert);
  await alerts.settled();
  await finishOwed(() => line.tools(), { log, clock, logger });
  await line.close();
}

/** What the SIP side said when the call began. */
export function factsOf({ call }: CallState, callId: string): CallFacts {
  const { room = '', dialled = '', piiCaller, edge } = call ?? {};
  return {
    callId,
    room,
    identity: '',
    dialled,
    caller: piiCaller,
    edge: { attestation: 'none', verified: false, ...edge },
  };
}
