import type { Config } from '@vestibule/config';
import { attemptId, attemptOf, type CallState, type Entry, foldCall } from '@vestibule/record';
import { callingOf } from './calling.ts';
import { mayRing, nextTime } from './hours.ts';
import { deadlineOf } from './schedule.ts';

/** Why an attempt is not made. */
export type Dropped = 'forgotten' | 'called-again' | 'not-allowed' | 'withdrawn' | 'not-configured';

export type Standing =
  | { do: 'call'; plan: Plan }
  /** Not now: the caller is on the line, or it is a quiet hour. */
  | { do: 'wait'; until: number }
  | { do: 'drop'; why: Dropped }
  /** Too late, and staff should know. */
  | { do: 'expire'; plan: Plan };

export interface Plan {
  id: string;
  origin: string;
  attempt: number;
  number: string;
  dialled: string;
  /** When the caller's own call began, ISO 8601. */
  since: string;
  /** The call from which it goes on, with its inputs of the questionnaire engine. */
  earlier: { callId: string; piiInputs: unknown[] } | undefined;
}

export interface Sources {
  config: Config;
  read: (callId: string) => Promise<readonly Entry[]>;
  /** The last call of that caller to that number, where it is known. */
  lastCall: (caller: string, dialled: string) => Promise<string | undefined>;
  now: number;
}

const lookAgainMs = 60_000;

/** Whether an attempt that is due is still to be made: by what the logs say now. */
export async function standingOf(id: string, sources: Sources): Promise<Standing> {
  const { config, lastCall, now, read } = sources;
  const made = attemptOf(id);
  const { callBacks: settings, organisation } = config;
  if (!made || !settings) return { do: 'drop', why: 'not-configured' };
  const { origin, attempt } = made;
  const state = foldCall(await read(origin));
  const { call } = state;
  if (!call || call.piiCaller === undefined) return { do: 'drop', why: 'forgotten' };
  if (!state.end) return { do: 'wait', until: now + 5000 };
  if (callingOf(config, call) === undefined) return { do: 'drop', why: 'not-allowed' };
  if (state.callBack?.agreed !== true || state.callBack.withdrawn === true)
    return { do: 'drop', why: 'withdrawn' };
  const number = call.piiCaller;
  const last = await lastCall(number, call.dialled);
  if (last !== undefined && last !== origin) {
    const meanwhile = foldCall(await read(last));
    if (meanwhile.call && !meanwhile.end) return { do: 'wait', until: now + lookAgainMs };
    if (isSettled(meanwhile)) return { do: 'drop', why: 'called-again' };
  }
  const since = state.startedAt ?? '';
  const plan: Plan = {
    ...{ id, origin, attempt, number, since },
    dialled: call.dialled,
    earlier: await goesOnFrom(origin, attempt, read),
  };
  const untilMs = deadlineOf(settings, Date.parse(since));
  if (now >= untilMs) return { do: 'expire', plan };
  if (mayRing(settings, organisation.timezone, number, now)) return { do: 'call', plan };
  const until = nextTime(settings, organisation.timezone, number, { fromMs: now, untilMs });
  return until === undefined ? { do: 'expire', plan } : { do: 'wait', until };
}

/** Whether what the caller said in a later call of theirs leaves nothing to be called back for. One of which nothing is kept is taken for such. */
function isSettled({ call, end, handOver, callBack }: CallState): boolean {
  if (!call || end?.outcome !== 'partial' || handOver !== undefined) return true;
  return callBack?.withdrawn === true || callBack?.agreed === false || callBack?.next !== undefined;
}

/** The last of the calls in which anything was answered and may be kept. */
async function goesOnFrom(origin: string, attempt: number, read: Sources['read']): Promise<Plan['earlier']> {
  for (let earlier = attempt - 1; earlier >= 0; earlier--) {
    const callId = earlier === 0 ? origin : attemptId(origin, earlier);
    const { consent, inputs } = foldCall(await read(callId));
    if (consent === true && inputs.length > 0) return { callId, piiInputs: inputs };
  }
  return undefined;
}
