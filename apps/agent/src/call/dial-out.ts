import { SIPOutboundConfig, SIPTransport } from '@livekit/protocol';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import type { SipClient } from 'livekit-server-sdk';

/** A grant is good for one call that is placed at once, s: clocks of agent and edge may differ. */
const grantSeconds = 45;
/** The API waits so much longer than it rings, s. */
export const extraSeconds = 10;

export interface DialOut {
  room: string;
  /** Of the participant that whoever answers becomes. */
  identity: string;
  name?: string;
  /** E.164. */
  number: string;
  callerId: string;
  /** With the grant that the edge asks for. */
  headers: Record<string, string>;
  ringSeconds: number;
}

/** When a grant that is made now ends, s since the epoch. */
export const grantEnd = (clock: Clock): number => Math.floor(clock.now() / 1000) + grantSeconds;

/** One call through the edge into a room. Resolves when somebody, or something, has answered. @throws SipCallError and others */
export async function dialOut(
  sip: SipClient,
  { edge }: Pick<Config, 'edge'>,
  { room, identity, name, number, callerId, headers, ringSeconds }: DialOut,
): Promise<void> {
  const trunk = new SIPOutboundConfig({
    hostname: `${edge.private.address}:${edge.private.sip}`,
    transport: SIPTransport.SIP_TRANSPORT_UDP,
  });
  const options = {
    fromNumber: callerId,
    participantIdentity: identity,
    ...(name === undefined ? {} : { participantName: name }),
    headers,
    ringingTimeout: ringSeconds,
    waitUntilAnswered: true,
    timeout: ringSeconds + extraSeconds,
  };
  await sip.createSipParticipant('', number, room, options, trunk);
}
