import type { Clock, Logger } from '@vestibule/core';
import type { Pacer, PortRange, SipEndpoint } from '@vestibule/local-telephony';
import type { Dispatch } from './dispatch.ts';
import type { Limits } from './limits.ts';
import type { SendReport } from './report.ts';
import type { RoomLeg, RoomLegEvents } from './room-leg.ts';
import type { TransferParticipantRequest } from './sip-internal.ts';

/** What a call needs of the process it runs in, whichever side places it. */
export interface SharedServices {
  endpoint: SipEndpoint;
  joinRoom: (
    dispatch: Dispatch,
    events: RoomLegEvents,
    call: { logger: Logger; signal: AbortSignal },
  ) => Promise<RoomLeg>;
  /** Takes transfers of this call from now on, or once Redis is back. @returns the function that ends it. */
  serveTransfers: (
    callId: string,
    transfer: (request: TransferParticipantRequest, signal: AbortSignal) => Promise<void>,
  ) => () => void;
  sendReport: SendReport;
  pacer: Pacer;
  clock: Clock;
  logger: Logger;
  limits: Limits;
  rtp: { address: string; ports: PortRange };
  contact: string;
  /** Twelve random characters of [A-Za-z0-9]. */
  randomName: () => string;
  onEnd: () => void;
}
