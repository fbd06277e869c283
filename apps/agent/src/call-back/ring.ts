import { SIPOutboundConfig, SIPTransport } from '@livekit/protocol';
import { callBackHeader, mintCallBackGrant } from '@vestibule/call-token';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { SipClient } from 'livekit-server-sdk';
import type { Plan } from './standing.ts';

/** A grant is good for one call that is placed at once, s: clocks of agent and edge may differ. */
const grantSeconds = 45;
/** The API waits so much longer than it rings, s. */
const extraSeconds = 10;

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
  const { address, sip: port } = config.edge.private;
  const ringSeconds = config.callBacks?.ring ?? 0;
  const callerId = callerIdFor(config, dialled);
  const exp = Math.floor(clock.now() / 1000) + grantSeconds;
  const grant = mintCallBackGrant({ destination: number, callerId, decision: id, exp }, key);
  const options = {
    fromNumber: callerId,
    participantIdentity: identity,
    headers: { [callBackHeader]: grant },
    ringingTimeout: ringSeconds,
    waitUntilAnswered: true,
    timeout: ringSeconds + extraSeconds,
  };
  const trunk = new SIPOutboundConfig({
    hostname: `${address}:${port}`,
    transport: SIPTransport.SIP_TRANSPORT_UDP,
  });
  await sip.createSipParticipant('', number, room, options, trunk);
}
