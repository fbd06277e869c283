import type { Clock } from '@vestibule/core';
import type { CallOutcome, OutgoingCall } from '@vestibule/local-telephony';

/** Without any response in this time Twilio takes the next origination URI. */
export const responseTimeoutMs = 4000;

/** Final for Twilio: it does not try another URI after these, nor after a 2xx or a 6xx. */
const finalStatuses = new Set([400, 404, 405, 410, 416, 482, 484, 486]);

export function failsOver(status: number): boolean {
  return status >= 300 && status < 600 && !finalStatuses.has(status);
}

/** What dialling needs of a call. */
export type Dialled = Pick<OutgoingCall, 'outcome' | 'cancel'>;

export type DialOutcome<Call extends Dialled = OutgoingCall> =
  | { kind: 'answered'; call: Call; sdp: string; target: number }
  | { kind: 'refused'; status: number; reason: string; target: number }
  | { kind: 'unanswered'; target: number };

export interface Attempt<Call extends Dialled = OutgoingCall> {
  call: Call;
  /** Resolves at the first response of any kind. */
  responded: Promise<void>;
}

/**
 * Dials the targets in order, as Twilio does with the URIs of a trunk (their priority and weight are the list's
 * order here). A target that answers 100 in time is waited for until its final response.
 */
export async function dial<Target, Call extends Dialled>(
  targets: readonly Target[],
  place: (target: Target, index: number) => Attempt<Call>,
  clock: Clock,
): Promise<DialOutcome<Call>> {
  let outcome: DialOutcome<Call> = { kind: 'unanswered', target: -1 };
  for (const [index, target] of targets.entries()) {
    const { call, responded } = place(target, index);
    const result = await withTimeout(call, responded, clock);
    if (result === undefined || result.kind === 'timeout') {
      call.cancel();
      outcome = { kind: 'unanswered', target: index };
      continue;
    }
    if (result.kind === 'answered') return { kind: 'answered', call, sdp: result.sdp, target: index };
    outcome = { kind: 'refused', status: result.status, reason: result.reason, target: index };
    if (!failsOver(result.status)) return outcome;
  }
  return outcome;
}

async function withTimeout(
  call: Dialled,
  responded: Promise<void>,
  clock: Clock,
): Promise<CallOutcome | undefined> {
  const stop = new AbortController();
  const late = clock.sleep(responseTimeoutMs, stop.signal).then(() => 'late' as const);
  const first = await Promise.race([responded, call.outcome, late]);
  stop.abort();
  return first === 'late' ? undefined : call.outcome;
}
