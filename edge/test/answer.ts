import { audioSdp, sipAnswer, type SipPeer, withBody } from './sip-peer.ts';

/** 200 to an INVITE, with the peer's contact and its RTP port. */
export const ok = (request: string, peer: SipPeer, rtp: number): string =>
  withBody(
    sipAnswer(request, '200 OK'),
    `Contact: <sip:${peer.address}:${peer.port};transport=udp>`,
    audioSdp(peer.address, rtp),
  );
