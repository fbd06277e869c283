import { randomUUID } from 'node:crypto';
import { mintTransferGrant, transferHeader } from '@vestibule/call-token';
import { audioSdp } from '../../test/sip-peer.ts';
import type { RawPeer } from '../raw-peer.ts';
import { type Ground, happens, sendRequest, textsOf } from './ground.ts';
import type { Attack } from './strangers.ts';

/** A premium number that nobody has listed. */
const premium = '+19005550100';
const listed = '+15550100200';
const ours = '+15550100100';

interface Attempt {
  from: RawPeer;
  /** The interface of the edge's. */
  to: string;
  user?: string;
  host?: string;
  grant?: string;
}

/** Calls to the telephone network at the enterprise's expense: from outside, and from a LiveKit SIP that somebody has got hold of. */
export const tollFraud: Attack = {
  name: 'toll fraud',
  succeeds: (ground) => {
    for (const attempt of attempts(ground)) call(attempt);
    return happens(() => textsOf(ground.gateway).some((text) => text.startsWith('INVITE ')));
  },
};

function attempts({ target, attacker, carrier, livekit, gateway }: Ground): Attempt[] {
  const { edgePublic, edgePrivate } = target.addresses;
  const inner = target.writesDecision ? edgePrivate : edgePublic;
  const away = `${gateway.address}:${gateway.port}`;
  const forged = mintTransferGrant(
    { destination: listed, callerId: ours, decision: randomUUID(), exp: Math.floor(Date.now() / 1000) + 30 },
    '0'.repeat(64),
  );
  return [
    ...[attacker, carrier].flatMap((from) => [
      { from, to: edgePublic },
      { from, to: edgePublic, host: away },
      { from, to: edgePublic, user: listed, grant: forged },
    ]),
    { from: livekit, to: inner },
    { from: livekit, to: inner, host: away },
    { from: livekit, to: inner, user: listed },
    { from: livekit, to: inner, user: listed, grant: forged },
    { from: livekit, to: inner, user: listed, host: away },
  ];
}

function call({ from, to, user = premium, host = to, grant }: Attempt): void {
  sendRequest(from, to, {
    method: 'INVITE',
    uri: `sip:${user}@${host}`,
    from: `<sip:${ours}@${from.address}>;tag=t1`,
    headers: grant === undefined ? [] : [`${transferHeader}: ${grant}`],
    body: audioSdp(from.address, 30000),
  });
}
