import { createHash } from 'node:crypto';
import { type Logger, systemClock } from '@vestibule/core';
import { type CallKeys, CallBackQueue, CallLog, type Lease, readLog, RedisLogStore } from '@vestibule/record';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { CallDependencies } from '../../call/dependencies.ts';
import { Desk } from '../../desk/desk.ts';
import { WaitingCalls } from '../../desk/waiting-calls.ts';
import { type Means, runAttempt } from '../attempt.ts';
import { CallBacks } from '../call-backs.ts';
import { Dispatcher } from '../dispatcher.ts';
import { standingOf } from '../standing.ts';
import { configWith } from './deployment.ts';

const logger: Logger = { debug() {}, info() {}, warn() {}, error() {}, with: () => logger };

/** Known to every process of a test. */
export const sharedKeys: CallKeys = {
  create: async (callId) => ({ key: keyOf(callId), wrapped: callId }),
  unwrap: async (callId) => keyOf(callId),
};
const keyOf = (callId: string) => createHash('sha256').update(callId).digest();

/** A call-back is due at any hour, at once. */
export const config = configWith(
  `zones: [{ prefix: '+1', timezones: [UTC] }], quiet: { from: '${quietHour(11)}', to: '${quietHour(12)}' }`,
);

function quietHour(ahead: number): string {
  return `${new Date(Date.now() + ahead * 3_600_000).toISOString().slice(11, 13)}:00`;
}

const { definition } = loadQuestionnaire(
  `{ id: two, url: 'https://vestibule.example/two', title: Two, version: '1', items: [{ id: a, ask: Well?, type: boolean }] }`,
  'two.yaml',
);

/** A worker as far as call-backs go: real desk, queue and log in a real Redis, no telephone line but the one that `means` says. */
export async function startWorker(
  url: string,
  { means, name, capacity = 2 }: { name: string; means: Omit<Means, 'finish'>; capacity?: number },
) {
  const ignore = () => {};
  const [store, queue, waiting] = await Promise.all([
    RedisLogStore.connect(url, ignore),
    CallBackQueue.connect(url, ignore),
    WaitingCalls.connect(url, ignore),
  ]);
  const rooms = {
    listRooms: async () => [],
    listParticipants: async () => [],
    deleteRoom: async () => {},
  } as unknown as RoomServiceClient;
  const callBacks = new CallBacks({
    config,
    queue,
    sip: undefined as never,
    key: 'a'.repeat(64),
    clock: systemClock,
    logger,
  });
  const d = {
    ...{
      config,
      store,
      rooms,
      callBacks,
      logger,
      clock: systemClock,
      keys: sharedKeys,
      livekit: {},
      vad: {},
    },
    definitionFor: async () => definition,
    models: async () => ({ names: { stt: 's', llm: 'l', tts: 't' } }),
  } as unknown as CallDependencies & { callBacks: CallBacks };
  /** As for any call that is over, without an archive. */
  const finish = async (_: unknown, lease: Lease, log?: CallLog) => {
    log ??= await CallLog.open(store, lease, sharedKeys);
    await callBacks.settle(log, { outcome: 'partial', by: 'agent' });
    await log.append('end', { outcome: 'partial', by: 'agent', durationMs: 0 });
    return 'sealed' as const;
  };
  const desk = new Desk({
    ...{ worker: name, capacity, store, waiting, rooms, clock: systemClock, logger },
    runCall: async () => 'sealed',
    finishOrphan: (lease) => finish(d, lease),
  });
  const dispatcher = new Dispatcher({
    ...{ queue, desk, logger, clock: systemClock },
    standing: (id) =>
      standingOf(id, {
        config,
        now: systemClock.now(),
        read: (callId) => readLog(store, sharedKeys, callId),
        lastCall: async () => undefined,
      }),
    run: (tenure, plan) => runAttempt(d, tenure, plan, { ...means, finish }),
    expire: async () => 'sealed',
  });
  return {
    ...{ d, finish, store, queue, waiting, desk, dispatcher },
    close: async () => {
      await desk.drain();
      waiting.close();
      queue.close();
      await store.close();
    },
  };
}
