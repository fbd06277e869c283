import type { Config } from '@vestibule/config';
import type { CallBackState, CallState } from '@vestibule/record';
import { instantOf, nextTime } from './hours.ts';

/** Why a call-back is made. */
export type Why = 'hung-up' | 'cut-off' | 'asked-for' | 'again';
/** Why no more are. */
export type Given =
  | 'attempts'
  | 'expired'
  | 'declined'
  | 'no-such-number'
  | 'not-allowed'
  | 'wrong-number'
  | 'withdrawn'
  | 'not-wanted';

export type Next = { at: number; why: Why } | { givenUp: Given } | undefined;

export interface Ended {
  /** The call that has just ended; of an attempt, its own. */
  state: Pick<CallState, 'callBack' | 'handOver'>;
  outcome: 'complete' | 'partial' | 'handed-over';
  by: 'agent' | 'caller' | 'fault';
  /** 0: the caller's own call. */
  attempt: number;
  number: string;
  /** When the caller's own call began, ms. */
  beganAt: number;
  now: number;
}

const minuteMs = 60_000;
/** A caller who asks for another time gets it beyond the configured number of attempts, as often again at most. */
const patience = 2;

export const mostAttempts = ({ callBacks }: Config): number => (callBacks?.attempts ?? 0) * patience;

/** Statuses of a number that cannot be called, ever. */
const noSuchNumber = ['sip-404', 'sip-410', 'sip-484', 'sip-604'];

/** What comes after a call, or an attempt: another attempt, none any more, or (after a call) nothing that was ever to be. */
export function nextCall(config: Config, ended: Ended): Next {
  const { callBacks: settings, organisation } = config;
  if (!settings || ended.outcome !== 'partial') return undefined;
  const { attempt, now, number, state } = ended;
  const told = state.callBack ?? {};
  const why = attempt === 0 ? whyAfterCall(ended, told) : whyAfterAttempt(ended, told);
  if (why === undefined || typeof why === 'object') return why;
  if (attempt >= (why === 'asked-for' ? mostAttempts(config) : settings.attempts))
    return { givenUp: 'attempts' };
  const { timezone } = organisation;
  const pause =
    attempt === 0 ? settings.after : (settings.pauses[attempt - 1] ?? settings.pauses.at(-1) ?? 0);
  const usual = now + pause * minuteMs;
  const fromMs = askedTime(told.wanted?.when, now, timezone) ?? usual;
  const untilMs = deadlineOf(settings, ended.beganAt);
  const at = nextTime(settings, timezone, number, { fromMs, untilMs });
  return at === undefined ? { givenUp: 'expired' } : { at, why };
}

/** "At five", said at six, is tomorrow. */
function askedTime(when: string | undefined, now: number, timezone: string): number | undefined {
  if (when === undefined) return undefined;
  const [, minutes] = /^PT(\d+)M$/.exec(when) ?? [];
  if (minutes !== undefined) return now + Number(minutes) * minuteMs;
  const at = instantOf(when, timezone);
  if (Number.isNaN(at)) return undefined;
  return at >= now ? at : Math.max(now, at + 24 * 60 * minuteMs);
}

/** After this nobody is called back any more, ms. */
export const deadlineOf = ({ withinHours }: { withinHours: number }, beganAt: number) =>
  beganAt + withinHours * 60 * minuteMs;

function whyAfterCall({ by, state: { handOver } }: Ended, told: CallBackState): Why | undefined {
  if (told.agreed !== true || told.withdrawn === true) return undefined;
  if (told.wanted) return 'asked-for';
  if (handOver !== undefined || by === 'agent') return undefined;
  return by === 'caller' ? 'hung-up' : 'cut-off';
}

function whyAfterAttempt({ by, state: { handOver } }: Ended, told: CallBackState): Why | { givenUp: Given } {
  if (told.withdrawn === true) return { givenUp: 'withdrawn' };
  if (told.wrongNumber === true) return { givenUp: 'wrong-number' };
  if (told.wanted) return 'asked-for';
  if (told.isCaller === true && by === 'agent' && handOver !== undefined) return { givenUp: 'not-wanted' };
  if (told.step === 'failed') {
    if (told.code === 'sip-603' || told.code === 'sip-607') return { givenUp: 'declined' };
    if (told.code === 'sip-403') return { givenUp: 'not-allowed' };
    if (noSuchNumber.includes(told.code ?? '')) return { givenUp: 'no-such-number' };
  }
  return 'again';
}
