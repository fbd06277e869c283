import { audioSdp } from '../../test/sip-peer.ts';
import type { RawPeer } from '../raw-peer.ts';
import { forgedHeaders } from '../strict/decision.ts';
import { readMessage, valuesOf } from '../strict/message.ts';
import type { Target } from '../target/target.ts';
import { type Ground, happens, isInward, onGround, sendRequest } from './ground.ts';

const passed = 'X-Twilio-VerStat: TN-Validation-Passed-A';
const verified = 'X-Vestibule-Verified: yes';

/** Ways to pass for a verified caller: what is written, whose hand it is from. */
const forgeries: readonly { by: 'attacker' | 'carrier' | 'livekit'; headers: readonly string[] }[] = [
  { by: 'attacker', headers: [passed] },
  { by: 'attacker', headers: ['x-twilio-verstat:TN-Validation-Passed-A'] },
  { by: 'attacker', headers: [verified] },
  { by: 'livekit', headers: [passed] },
  { by: 'livekit', headers: [verified] },
  { by: 'carrier', headers: [verified] },
  { by: 'carrier', headers: ['X-Vestibule-Verified : yes'] },
  { by: 'carrier', headers: ['x-vestibule-VERIFIED:\n yes'] },
  { by: 'carrier', headers: ['X-Twilio-VerStat: TN-Validation-Failed-A', verified] },
  { by: 'carrier', headers: ['X-Twilio-VerStat: TN-Validation-Passed-A-Diverted', verified] },
];

export interface TrustFigures {
  sent: number;
  /** At the listener with what somebody forged, by who sent it. */
  believed: string[];
}

/** Forged attestation and forged decisions; the caller's number is on the allow list. */
export function measureForgedTrust(target: Target): Promise<TrustFigures> {
  return onGround(target, async (ground) => {
    const believed: string[] = [];
    for (const { by, headers } of forgeries)
      if (await isBelieved(ground, ground[by], headers)) believed.push(`${by}: ${headers.join(', ')}`);
    return { sent: forgeries.length, believed };
  });
}

async function isBelieved(
  { target, carrier }: Ground,
  from: RawPeer,
  headers: readonly string[],
): Promise<boolean> {
  const { edgePublic, edgePrivate, livekit } = target.addresses;
  const door = target.writesDecision && from.address === livekit[0] ? edgePrivate : edgePublic;
  const callId = sendRequest(from, door, {
    method: 'INVITE',
    uri: `sip:+15550100100@${edgePublic}`,
    headers,
    body: audioSdp(from.address, 30000),
  });
  if (!(await happens(() => isInward(target, callId)))) return false;
  const { bytes } = target.inward.calls.find((arrival) => arrival.callId === callId)!;
  const statement = valuesOf(readMessage(bytes), 'x-twilio-verstat').join();
  // From the carrier a statement counts, and is for the edge to weigh; from anybody else it must not be there at all.
  const isCarrier = from.address === carrier.address;
  return (!isCarrier && statement !== '') || forgedHeaders(bytes, target).length > 0;
}
