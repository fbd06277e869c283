import { mintTransferGrant, transferHeader } from '@vestibule/call-token';
import type { Config } from '@vestibule/config';
import { type Clock, describeError } from '@vestibule/core';
import { SipCallError, type SipClient } from 'livekit-server-sdk';
import { dialOut, extraSeconds, grantEnd } from '../call/dial-out.ts';
import type { Person } from './types.ts';

export interface CallOutOptions {
  sip: SipClient;
  config: Pick<Config, 'edge' | 'outbound' | 'staff'>;
  /** Signs the grants that the edge asks for: 64 hexadecimal digits. */
  key: string;
  /** The edge's decision id of the caller's call. */
  decision: string;
  clock: Clock;
}

/** Calls to staff by LiveKit's SIP API, through the edge, each with a grant of its own. */
export class CallOut {
  readonly #options: CallOutOptions;

  constructor(options: CallOutOptions) {
    this.#options = options;
  }

  /** Resolves when they have answered. @throws SipCallError and others, see `codeOf`. */
  async dial(room: string, identity: string, { number, name, ringMs }: Person): Promise<void> {
    const { sip, config } = this.#options;
    const callerId = config.staff?.callerId ?? config.outbound?.callerIds[0] ?? '';
    const headers = this.#grant(number, callerId);
    await dialOut(sip, config, {
      room,
      identity,
      name,
      number,
      callerId,
      headers,
      ringSeconds: ringMs / 1000,
    });
  }

  /** Resolves when the caller has been taken over. @throws as `dial`. */
  async refer(room: string, caller: string, { number, ringMs }: Person): Promise<void> {
    await this.#options.sip.transferSipParticipant(room, caller, `tel:${number}`, {
      headers: this.#grant(number),
      ringingTimeout: ringMs / 1000,
      timeout: ringMs / 1000 + extraSeconds,
    });
  }

  #grant(destination: string, callerId?: string): Record<string, string> {
    const { clock, decision, key } = this.#options;
    const grant = {
      destination,
      decision,
      exp: grantEnd(clock),
      ...(callerId === undefined ? {} : { callerId }),
    };
    return { [transferHeader]: mintTransferGrant(grant, key) };
  }
}

/** What a failed call is called on the record: `sip-486`, or the API's own code. */
export function codeOf(error: unknown): string {
  if (error instanceof SipCallError && error.sipStatusCode !== undefined) return `sip-${error.sipStatusCode}`;
  return describeError(error).code ?? 'unreachable';
}
