import { describeError, newId } from '@vestibule/core';
import { CallLog, foldCall } from '@vestibule/record';
import type { CallOutcome } from '../desk/desk.ts';
import type { Tenure } from '../desk/tenure.ts';
import { called } from '../call/call-end.ts';
import { attemptRoom, type CallFacts } from '../call/caller.ts';
import type { CallDependencies } from '../call/dependencies.ts';
import { hangUp } from '../call/hang-up.ts';
import { lingerMs } from '../call/last-words.ts';
import { factsOf, finishOrphan } from '../call/orphan.ts';
import { runCall } from '../call/run-call.ts';
import { createScript } from '../conversation/script.ts';
import { codeOf } from '../transfer/call-out.ts';
import type { CallBacks } from './call-backs.ts';
import { callerIdFor, ring } from './ring.ts';
import { Screener, type ScreenerOptions } from './screener.ts';
import type { Plan } from './standing.ts';

type Dependencies = CallDependencies & { callBacks: CallBacks };

/** What an attempt is made with; a test has its own telephone line. */
export interface Means {
  join: (options: ScreenerOptions) => Promise<Pick<Screener, 'listen' | 'awaitTone' | 'say' | 'close'>>;
  ring: typeof ring;
  /** The talk, once somebody is there. */
  talk: typeof runCall;
  finish: typeof finishOrphan;
}

const usual: Means = { join: (options) => Screener.join(options), ring, talk: runCall, finish: finishOrphan };

/** Begins the identity of a caller who is called back. */
const identityPrefix = 'called';

/**
 * One attempt, from its first entry until its call is sealed or another worker's. One whose log has begun was made, by a worker that is gone: it is ended, and followed
 * up, and nobody is rung for it again.
 */
export async function runAttempt(
  d: Dependencies,
  tenure: Tenure,
  plan: Plan,
  means: Means = usual,
): Promise<CallOutcome> {
  const log = await CallLog.open(d.store, tenure.lease, d.keys, d.clock);
  if (log.entries.length > 0) return means.finish(d, tenure.lease, log);
  const facts = { ...factsOf(await begin(d, log, plan), plan.id), identity: newId(identityPrefix) };
  const there = await reach(d, tenure, log, plan, facts, means);
  if (there === 'person') return means.talk(d, tenure, facts, called);
  // Whoever has the call now would not go on with it either.
  await hangUp(d.rooms, facts.room, d.logger);
  return there === 'lost' ? 'open' : means.finish(d, tenure.lease, log);
}

/** An attempt that comes too late: it is on the record, and staff are told. */
export async function expireAttempt(d: Dependencies, tenure: Tenure, plan: Plan): Promise<CallOutcome> {
  const log = await CallLog.open(d.store, tenure.lease, d.keys, d.clock);
  if (log.entries.length === 0) {
    await begin(d, log, plan);
    await log.append('call-back', { step: 'given-up', code: 'expired' });
  }
  return finishOrphan(d, tenure.lease, log);
}

/** A call-back whose worker is gone: one in which somebody talks goes on, any other is over. */
export async function resumeAttempt(
  d: CallDependencies,
  tenure: Tenure,
  { room, identity }: CallFacts,
  means: Pick<Means, 'talk' | 'finish'> = usual,
): Promise<CallOutcome> {
  const log = await CallLog.open(d.store, tenure.lease, d.keys, d.clock);
  const state = foldCall(log.entries);
  if (state.callBack?.step === 'person')
    return means.talk(d, tenure, { ...factsOf(state, log.callId), identity });
  if (state.call && !state.end && !['failed', 'machine', 'word'].includes(state.callBack?.step ?? ''))
    await log.append('call-back', { step: 'failed', code: 'worker-lost' });
  await hangUp(d.rooms, room, d.logger);
  return means.finish(d, tenure.lease, log);
}

async function begin(d: Dependencies, log: CallLog, plan: Plan) {
  const { attempt, dialled, id, number, origin, since } = plan;
  const [definition, models] = await Promise.all([d.definitionFor(dialled), d.models()]);
  const { id: questionnaire, url, version } = definition;
  await log.append('call', {
    tenant: d.config.tenant,
    room: attemptRoom(id),
    dialled,
    piiCaller: number,
    // The edge lets it out under this name.
    edge: { decision: id, attestation: 'none', verified: false },
    questionnaire: { id: questionnaire, url, version },
    models: models.names,
    callBack: { of: origin, since, attempt },
  });
  return foldCall(log.entries);
}

/** Rings, and finds out who is there; each step on the log before it is taken. `lost`: the call is another worker's. */
async function reach(
  d: Dependencies,
  tenure: Tenure,
  log: CallLog,
  plan: Plan,
  { room, identity }: CallFacts,
  means: Means,
): Promise<'person' | 'nobody' | 'lost'> {
  const { callBacks, clock, config, livekit, vad } = d;
  const logger = d.logger.with({ callId: plan.id });
  let isLost = false;
  void tenure.lost.then(() => (isLost = true));
  const fail = async (code: string) => {
    logger.info('call-back failed', { code });
    await log.append('call-back', { step: 'failed', code });
    return 'nobody' as const;
  };
  const { stt, tts } = await d.models();
  const screener = await means.join({ livekit, room, identity, vad, stt, tts, clock, logger });
  try {
    const callerId = callerIdFor(config, plan.dialled);
    await log.append('call-back', { step: 'dialled', callerId, piiNumber: plan.number });
    if (isLost) return 'lost';
    try {
      await means.ring({ ...callBacks, config, clock }, plan, { room, identity });
    } catch (error) {
      logger.debug('not reached', describeError(error));
      return isLost ? 'lost' : await fail(codeOf(error));
    }
    await log.append('call-back', { step: 'answered' });
    const verdict = await screener.listen();
    if (isLost) return 'lost';
    if (verdict === 'gone') return await fail('hung-up');
    logger.info('call-back answered', verdict);
    if (verdict.who === 'person') {
      await goOn(log, plan);
      return 'person';
    }
    await log.append('call-back', { step: 'machine', code: verdict.sign });
    if (config.callBacks?.machine === 'leave-word') await leaveWord(d, log, screener);
    return 'nobody';
  } finally {
    await screener.close();
  }
}

async function goOn(log: CallLog, { earlier }: Plan): Promise<void> {
  if (earlier) await log.append('earlier', earlier);
  await log.append('call-back', { step: 'person' });
}

async function leaveWord(
  { config, clock }: Dependencies,
  log: CallLog,
  screener: Pick<Screener, 'awaitTone' | 'say'>,
): Promise<void> {
  if (!(await screener.awaitTone())) return;
  const { word: piiText } = createScript(config).callBack;
  await log.append('call-back', { step: 'word' });
  await log.append('said', { piiText, source: 'script' });
  await screener.say(piiText);
  await clock.sleep(lingerMs);
}
