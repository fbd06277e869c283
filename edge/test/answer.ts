import { audioSdp, sipAnswer, type SipPeer } from './sip-peer.ts';

/** 200 to an INVITE, with the peer's contact and its RTP port. `tag`: '' in an answer inside a call. */
export const ok = (request: string, peer: SipPeer, rtp: number, tag?: string): string =>
  withBody(
    sipAnswer(request, '200 OK', tag),
    `Contact: <sip:${peer.address}:${peer.port};transport=udp>`,
    audioSdp(peer.address, rtp),
  );

function withBody(message: string, contact: string, body: string): string {
  const length = body.length + (body.match(/\n/g)?.length ?? 0);
  return message.replace(
    'Content-Length: 0\n\n',
    `${contact}\nContent-Type: application/sdp\nContent-Length: ${length}\n\n${body}`,
  );
}
