import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import type { Addresses } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { rtpTarget, sipAnswer, type SipPeer } from './sip-peer.ts';
import { until } from './until.ts';

/** A call that is up, with RTP of both parties' own. */
export interface TwoPartyCall {
  call: CarrierCall;
  answer: string;
  caller: Party;
  agent: Party;
  /** BYE, and both RTP sockets closed. */
  end(): Promise<void>;
}

export interface Party {
  rtp: RtpPeer;
  /** Where the edge takes its RTP. */
  target: { address: string; port: number };
}

/** The text has come through to the other party: sent once, so that what a third one gets can be counted. */
export async function say(from: Party, to: Party, text: string): Promise<void> {
  from.rtp.send(text, from.target);
  await until(`RTP "${text}" has come through`, () =>
    to.rtp.received.some(({ payload }) => payload === text),
  );
}

export async function twoPartyCall(
  addresses: Addresses,
  carrier: SipPeer,
  livekit: SipPeer,
): Promise<TwoPartyCall> {
  const [caller, agent] = await Promise.all([RtpPeer.open(addresses.carrier), RtpPeer.open(livekit.address)]);
  const close = () => {
    caller.close();
    agent.close();
  };
  try {
    const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp: caller }).invite();
    const invite = await livekit.next(/^INVITE /, call.callId);
    livekit.send(ok(invite, livekit, agent.port), addresses.edgePrivate);
    const answer = await call.final();
    await livekit.next(/^ACK /, call.callId);
    return {
      call,
      answer,
      caller: { rtp: caller, target: rtpTarget(answer) },
      agent: { rtp: agent, target: rtpTarget(invite) },
      end: async () => {
        call.inDialog('BYE', answer, 9);
        const bye = await livekit.next(/^BYE /, call.callId);
        livekit.send(sipAnswer(bye, '200 OK'), addresses.edgePrivate);
        await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 9 BYE/, call.callId);
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
