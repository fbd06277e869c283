import { callBackHeader, mintCallBackGrant } from '@vestibule/call-token';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { SipClient } from 'livekit-server-sdk';
import { dialOut, grantEnd } from '../call/dial-out.ts';
import type { Plan } from './standing.ts';

export interface RingOptions {
  sip: SipClient;
  config: Pick<Config, 'edge' | 'outbound' | 'callBacks'>;
  key: string;
  clock: Clock;
}

/** The number that the caller sees: the one that they called, where we may show it. */
export function callerIdFor({ callBacks, outbound }: RingOptions['config'], dialled: string): string {
  const ours = outbound?.callerIds ?? [];
  return callBacks?.callerId ?? ours.find((number) => number === dialled) ?? ours[0] ?? '';
}

/** Rings a caller into `room`. Resolves when somebody, or something, has answered. @throws SipCallError and others, see `codeOf` of transfers. */
export async function ring(
  { clock, config, key, sip }: RingOptions,
  { dialled, id, number }: Plan,
  { room, identity }: { room: string; identity: string },
): Promise<void> {
  const callerId = callerIdFor(config, dialled);
  const grant = mintCallBackGrant({ destination: number, callerId, decision: id, exp: grantEnd(clock) }, key);
  await dialOut(sip, config, {
    room,
    identity,
    number,
    callerId,
    headers: { [callBackHeader]: grant },
    ringSeconds: config.callBacks?.ring ?? 0,
  });
}
