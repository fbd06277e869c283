import { describeError } from '@vestibule/core';
import { CallLog, foldCall } from '@vestibule/record';
import type { CallOutcome } from '../desk/desk.ts';
import type { Tenure } from '../desk/tenure.ts';
import { Call } from './call.ts';
import type { TakeOverReason } from './call-end.ts';
import type { CallFacts } from './caller.ts';
import { isCallerThere } from './caller-there.ts';
import type { CallDependencies } from './dependencies.ts';
import { hangUp } from './hang-up.ts';
import { type HeldWords, holdTheLine } from './holding-line.ts';
import { finishOrphan } from './orphan.ts';

/** A caller whose room was lost is waited for so long, ms: LiveKit SIP comes back to a restarted server within seconds. */
const returnMs = 15_000;
/** A call that nobody else has is asked for again this long, ms, so that it can at least be sealed. */
const regainMs = 600_000;
/** A silence that passes for thinking, ms. */
const unnoticedMs = 1000;
/** A call that is lost again and again has another fault than that. */
const maxResumptions = 20;
/** A caller who did not come back in so many attempts, each a few seconds long, has hung up in the meantime. */
const maxVain = 4;
/** An attempt that is shorter than this was vain, ms. */
const vainMs = 10_000;

/**
 * One call, from its claim until it is sealed or another worker's. A worker that loses its hold or its room, and gets it back, begins again
 * from the log, as any other worker would. `begin`: how the first part begins where the log is not empty.
 */
export async function runCall(
  d: CallDependencies,
  tenure: Tenure,
  facts: CallFacts,
  begin: TakeOverReason = 'lease ended',
): Promise<CallOutcome> {
  let log = await CallLog.open(d.store, tenure.lease, d.keys, d.clock);
  let reason = begin;
  let vain = 0;
  for (let resumptions = 0; resumptions < maxResumptions; resumptions++) {
    // It may be over already, its room not gone yet, or there again with a server that was restarted: what its worker left undone is done.
    if (foldCall(log.entries).end) {
      await hangUp(d.rooms, facts.room, d.logger.with({ callId: facts.callId }));
      return finishOrphan(d, tenure.lease, log);
    }
    keepUp(d, tenure, log);
    const call = await Call.open(d, tenure, facts, log, reason);
    const beganAt = d.clock.monotonic();
    const left = await call.run();
    const leftAt = d.clock.monotonic();
    vain = left === 'room-lost' && leftAt - beganAt < vainMs ? vain + 1 : 0;
    let held: HeldWords[] = [];
    switch (left) {
      case 'sealed':
      case 'open':
      case 'handed-over':
        return left;
      case 'lease-lost': {
        const regained = await regain(d, tenure, facts);
        if (!regained) return 'open';
        held = regained;
        break;
      }
      case 'room-lost':
        await callerBack(d, tenure, facts);
    }
    reason = d.clock.monotonic() - leftAt < unnoticedMs ? 'regained' : 'lease ended';
    log = await CallLog.resume(log, tenure.lease);
    await writeHeld(log, held);
    if (vain >= maxVain || !(await isCallerThere(d.rooms, facts.room, facts.identity)))
      return finishOrphan(d, tenure.lease, log);
  }
  d.logger.error('call given up', { callId: facts.callId, resumptions: maxResumptions });
  return 'open';
}

/** An outage of the store may be shorter than the lease: the log waits then, and goes on as soon as the lease is renewed. */
function keepUp({ logger }: CallDependencies, tenure: Tenure, log: CallLog): void {
  let isRejoining = false;
  tenure.whenRenewed(() => {
    if (!log.suspended || isRejoining) return;
    isRejoining = true;
    log
      .rejoin(tenure.lease)
      .catch((error: unknown) =>
        logger.warn('log not caught up', { callId: log.callId, ...describeError(error) }),
      )
      .finally(() => (isRejoining = false));
  });
}

/** Keeps the caller company until it is known whose the call is. @returns what was said; undefined when it is another's. */
async function regain(
  d: CallDependencies,
  tenure: Tenure,
  facts: CallFacts,
): Promise<HeldWords[] | undefined> {
  const given = new AbortController();
  const known = new AbortController();
  const holding = holdTheLine(d, facts, known.signal, () => given.abort());
  const limit = d.clock.sleep(regainMs, known.signal).then(() => given.abort());
  const isOurs = await tenure.regain(given.signal);
  known.abort();
  const [said] = await Promise.all([holding, limit]);
  d.logger.info(isOurs ? 'lease regained' : 'call is another’s', { callId: facts.callId });
  return isOurs ? said : undefined;
}

/** What the caller was told while nothing could be written. */
async function writeHeld(log: CallLog, held: readonly HeldWords[]): Promise<void> {
  const beganAt = Date.parse(log.entries[0]?.header.at ?? '');
  for (const { words: piiText, startedAt, endedAt } of held) {
    const [startMs, endMs] = [startedAt - beganAt, endedAt - beganAt];
    await log.append('played', { piiText, interrupted: false, startMs, endMs, playedMs: endMs - startMs });
  }
}

/** Waits until the caller is in the room. Not asked at once: a server that just failed is given a moment. */
async function callerBack(d: CallDependencies, tenure: Tenure, facts: CallFacts): Promise<void> {
  const until = d.clock.monotonic() + returnMs;
  const lost = new AbortController();
  void tenure.lost.then(() => lost.abort());
  do await d.clock.sleep(250, lost.signal);
  while (
    d.clock.monotonic() < until &&
    !lost.signal.aborted &&
    !(await isCallerThere(d.rooms, facts.room, facts.identity))
  );
}
