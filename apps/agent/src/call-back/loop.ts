import { readLog } from '@vestibule/record';
import type { CallDependencies } from '../call/dependencies.ts';
import type { Desk } from '../desk/desk.ts';
import { expireAttempt, runAttempt } from './attempt.ts';
import { Dispatcher } from './dispatcher.ts';
import { standingOf } from './standing.ts';

/** Makes call-backs as long as the desk takes calls, where they are configured. */
export async function callBackLoop(d: CallDependencies, desk: Desk): Promise<void> {
  const { callBacks, clock, config, keys, lastCalls, logger, store } = d;
  if (!callBacks) return;
  const dispatcher = new Dispatcher({
    ...{ clock, desk, logger, queue: callBacks.queue },
    standing: (id) =>
      standingOf(id, {
        config,
        now: clock.now(),
        read: (callId) => readLog(store, keys, callId),
        lastCall: async (caller, dialled) => lastCalls?.latest(caller, dialled),
      }),
    run: (tenure, plan) => runAttempt({ ...d, callBacks }, tenure, plan),
    expire: (tenure, plan) => expireAttempt({ ...d, callBacks }, tenure, plan),
  });
  await dispatcher.run(desk.draining);
}
