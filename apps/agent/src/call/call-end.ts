import type { drained } from '@vestibule/record';
import type { Outcome } from '../conversation/conversation.ts';
import type { CallOutcome } from '../desk/desk.ts';

export type EndedBy = 'agent' | 'caller' | 'fault';

export interface End {
  outcome: Outcome;
  by: EndedBy;
}

/** How a worker's part in a call came to its end: see `CallOutcome`; when the lease or the room was lost, it may get it back. */
export type CallEnd = CallOutcome | 'lease-lost' | 'room-lost';

/** No take-over: a call-back whose log this worker has begun before anybody was there. */
export const called = 'called';

/** `regained`: by the same worker, at once. */
export type TakeOverReason = 'lease ended' | 'regained' | typeof drained | typeof called;
