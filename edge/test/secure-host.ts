import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority, type Certificate } from './tls-certificates.ts';
import { CarrierCall, type CallOptions } from './carrier-call.ts';
import { cryptosOf, newKey, secureSdp, suite } from './crypto-sdp.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { audioSdp, headerOf, rtpTarget, sipAnswer, SipPeer, sipRequest, withBody } from './sip-peer.ts';
import { TlsPeer } from './tls-peer.ts';

/** Where the carrier of each test takes SIP over TLS. */
export const carrierPort = 5061;

/** An edge with TLS, a carrier that must use it and SRTP, one that may, and LiveKit SIP. */
export class SecureHost {
  readonly addresses = testAddresses();
  readonly timers = { probe: 3600 };
  readonly tls = { address: this.addresses.edgePublic, port: 5061 };
  /** Of certificates. */
  readonly folder: string;
  readonly #own: Certificate;
  readonly #open: { close(): void }[] = [];
  edge!: EdgeHost;
  authority!: Authority;
  carrier!: TlsPeer;
  livekit!: SipPeer;
  #caller = 15550170000;

  private constructor(folder: string, own: Certificate) {
    this.folder = folder;
    this.#own = own;
  }

  /** @param extra YAML of the deployment, in the manner of `testConfig`. */
  static async start(extra = '', environment: Record<string, string> = {}): Promise<SecureHost> {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-tls-'));
    const authority = await Authority.make(folder);
    const { carrier, otherCarrier, livekit, edgePublic } = testAddresses();
    const host = new SecureHost(folder, await authority.issue('carrier.test', carrier));
    host.authority = authority;
    const { certificate, key } = await authority.issue('edge.test', edgePublic);
    const config = testConfig(host.addresses, extra, {
      tls: `{ certificate: ${certificate}, key: ${key}, authorities: ${authority.certificate} }`,
      carriers: [
        `{ name: strict, kind: twilio, transport: tls, srtp: require, signalling: [${carrier}/32], media: [${carrier}/32] }`,
        `{ name: free, kind: twilio, signalling: [${otherCarrier}/32], media: [${otherCarrier}/32] }`,
      ],
    });
    host.edge = await startEdge(config, host.timers, environment);
    host.livekit = host.#closing(await SipPeer.open(livekit[0], livekitPort));
    host.carrier = await host.tlsPeer(carrier, { port: carrierPort });
    return host;
  }

  /** A carrier's peer at `address`; closed with the host. */
  async tlsPeer(
    address: string,
    { own = this.#own, port = 0 }: { own?: Certificate; port?: number } = {},
  ): Promise<TlsPeer> {
    return this.#closing(
      await TlsPeer.open({ address, port, own, authority: this.authority.certificate, edge: this.tls }),
    );
  }

  /** A UDP peer of whoever has `address`. */
  async udpPeer(address: string, port?: number): Promise<SipPeer> {
    return this.#closing(await SipPeer.open(address, port));
  }

  async rtpPeer(address: string): Promise<RtpPeer> {
    return this.#closing(await RtpPeer.open(address));
  }

  /** A call by a caller of its own: the rate of calls per caller is not what these tests hold. */
  call(peer: SipPeer | TlsPeer, options: Omit<CallOptions, 'edge' | 'caller'> = {}): CarrierCall {
    return new CarrierCall(peer, {
      ...options,
      edge: this.addresses.edgePublic,
      caller: `+${++this.#caller}`,
    });
  }

  /** A call with SRTP that is up, with media of both sides. */
  async secureCall(carrier = this.carrier): Promise<SecureCall> {
    const outer = await this.rtpPeer(this.addresses.carrier);
    const inner = await this.rtpPeer(this.addresses.livekit[0]);
    const own = newKey();
    const call = this.call(carrier, { body: secureSdp(outer, [[suite, own]]) }).invite();
    const invite = await this.livekit.next(/^INVITE /, call.callId);
    this.answer(invite, audioSdp(inner.address, inner.port));
    const answer = await call.final();
    const theirs = cryptosOf(answer)[0]?.key ?? Buffer.alloc(30);
    outer.secure({ own, theirs });
    await this.livekit.next(/^ACK /, call.callId);
    return { call, invite, answer, outer, inner, own, edge: rtpTarget(answer), inside: rtpTarget(invite) };
  }

  /** LiveKit SIP's 200 to a request, with an SDP. */
  answer(request: string, body: string, livekit = this.livekit): void {
    const { address, port } = livekit;
    const contact = `Contact: <sip:${address}:${port};transport=udp>`;
    livekit.send(withBody(sipAnswer(request, '200 OK'), contact, body), this.addresses.edgePrivate);
  }

  /** LiveKit SIP's request inside a call, by the Record-Route and Contact that it got. */
  inDialog(method: string, { call, invite, answer }: SecureCall, cseq: number, body = ''): void {
    const { text } = sipRequest(this.livekit, {
      method,
      uri: /<(.*)>/.exec(headerOf(invite, 'Contact') ?? '')?.[1] ?? '',
      callId: call.callId,
      cseq,
      from: headerOf(answer, 'To') ?? '',
      to: headerOf(answer, 'From') ?? '',
      headers: [...invite.matchAll(/^Record-Route: (.*)\r$/gm)].map(([, route]) => `Route: ${route}`),
      body,
    });
    this.livekit.send(text, this.addresses.edgePrivate);
  }

  async stop(): Promise<void> {
    for (const peer of this.#open) peer.close();
    await this.edge.stop();
    await rm(this.folder, { recursive: true });
  }

  #closing<Peer extends { close(): void }>(peer: Peer): Peer {
    this.#open.push(peer);
    return peer;
  }
}

export interface SecureCall {
  call: CarrierCall;
  /** As LiveKit SIP got it. */
  invite: string;
  /** The 200, as the carrier got it. */
  answer: string;
  /** The carrier's media, SRTP. */
  outer: RtpPeer;
  /** LiveKit SIP's media, plain RTP. */
  inner: RtpPeer;
  /** The carrier's key and salt. */
  own: Buffer;
  /** Where the carrier sends media. */
  edge: { address: string; port: number };
  /** Where LiveKit SIP sends media. */
  inside: { address: string; port: number };
}
