import { DisconnectReason, SIPCallStatus, SIPTransferStatus } from '@livekit/protocol';
import { createClient } from 'redis';
import { Request, unpack } from '../src/psrpc/envelope.ts';
import { type UpdateCallStateRequest as Update, UpdateCallStateRequest } from '../src/sip-internal.ts';
import type { State } from './recording.ts';

/** Hears what bridges report to LiveKit Server (IOInfo.UpdateSIPCallState), straight from Redis. */
export class Reports {
  readonly #client: ReturnType<typeof createClient>;
  readonly #heard: Update[] = [];

  private constructor(url: string) {
    this.#client = createClient({ url });
  }

  static async open(url: string): Promise<Reports> {
    const reports = new Reports(url);
    await reports.#client.connect();
    const hear = (payload: Buffer) => {
      const request = unpack(Request, payload);
      if (request) reports.#heard.push(UpdateCallStateRequest.fromBinary(request.rawRequest));
    };
    await reports.#client.subscribe('IOInfo|UpdateSIPCallState|REQ', hear, true);
    return reports;
  }

  /** What was told of the calls from or to that port. */
  of(port: number): State[] {
    const ofPort = this.#heard.flatMap(({ callInfo }) =>
      callInfo && [callInfo.fromUri?.port, callInfo.toUri?.port].includes(port) ? [callInfo.callId] : [],
    );
    return this.#heard
      .filter(({ callInfo, transferInfo }) => ofPort.includes((callInfo ?? transferInfo)?.callId ?? ''))
      .map(stateOf);
  }

  close(): void {
    this.#client.destroy();
  }
}

function stateOf({ callInfo, transferInfo }: Update): State {
  const error = callInfo?.error ?? transferInfo?.error ?? '';
  const sip = callInfo?.callStatusCode ?? transferInfo?.transferStatusCode;
  return {
    ...(callInfo && { call: SIPCallStatus[callInfo.callStatus] }),
    ...(callInfo?.disconnectReason && { reason: DisconnectReason[callInfo.disconnectReason] }),
    ...(transferInfo && {
      transfer: SIPTransferStatus[transferInfo.transferStatus],
      to: transferInfo.transferTo,
    }),
    ...(error !== '' && { error }),
    ...(sip && { sip: sip.status }),
  };
}
