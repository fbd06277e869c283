import { outboundGateway } from '../target/vestibule.ts';
import type { Target } from '../target/target.ts';
import { type RequestOptions, sipRequest } from '../../test/sip-peer.ts';
import { until } from '../../test/until.ts';
import { RawPeer } from '../raw-peer.ts';

/** Who is about while a target is attacked. */
export interface Ground {
  target: Target;
  /** A stranger's socket. */
  attacker: RawPeer;
  /** Where a call that was led astray would end up: the same stranger's. */
  snare: RawPeer;
  /** A known carrier's. */
  carrier: RawPeer;
  /** Where the carrier takes outbound calls. */
  gateway: RawPeer;
  /** On the address of a LiveKit SIP. */
  livekit: RawPeer;
}

/** Opens fresh sockets for `use`, so that what came back to a stranger can be counted. */
export async function onGround<Result>(
  target: Target,
  use: (ground: Ground) => Promise<Result>,
): Promise<Result> {
  const { carrier, stranger, livekit } = target.addresses;
  const peers = await Promise.all([
    ...[stranger, stranger, carrier, livekit[0]].map((address) => RawPeer.open(address)),
    RawPeer.open(carrier, outboundGateway),
  ]);
  const [attacker, snare, known, inner, gateway] = peers as [RawPeer, RawPeer, RawPeer, RawPeer, RawPeer];
  try {
    return await use({ target, attacker, snare, carrier: known, livekit: inner, gateway });
  } finally {
    for (const peer of peers) peer.close();
  }
}

/** Sends a request as the carrier writes it, less what `change` makes of its text; its Call-ID. */
export function sendRequest(
  from: RawPeer,
  to: string,
  options: RequestOptions,
  change: (text: string) => string = (text) => text,
): string {
  const { text, callId } = sipRequest(from, options);
  from.send(Buffer.from(change(text).replace(/\r?\n/g, '\r\n'), 'latin1'), to);
  return callId;
}

/** Longest wait for what an attack is after, ms: that it does not come is the good outcome. */
const patience = 400;

export const happens = (condition: () => boolean): Promise<boolean> =>
  until('it happens', condition, patience).then(
    () => true,
    () => false,
  );

export const textsOf = ({ received }: RawPeer): string[] =>
  received.map((message) => message.toString('latin1'));

/** A request of that call has come to where LiveKit SIP stands. */
export const isInward = ({ inward }: Target, callId: string): boolean =>
  inward.calls.some((arrival) => arrival.callId === callId);
