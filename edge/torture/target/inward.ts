import { type Header, readMessage, valuesOf } from '../strict/message.ts';
import { RawPeer } from '../raw-peer.ts';

/** What came to where LiveKit SIP stands. */
export interface Arrival {
  bytes: Buffer;
  method: string;
  callId: string;
}

/** Stands in LiveKit SIP's place: keeps what arrives, answers calls that `takes` chooses and is busy for the others. */
export class Inward {
  readonly peer: RawPeer;
  readonly requests: Arrival[] = [];
  readonly responses: Buffer[] = [];
  takes: (callId: string) => boolean = () => false;
  onRequest: (arrival: Arrival) => void = () => undefined;

  #closed = false;

  private constructor(peer: RawPeer) {
    this.peer = peer;
    peer.onMessage = (bytes, from) => this.#receive(bytes, from);
  }

  static async open(address: string, port: number): Promise<Inward> {
    return new Inward(await RawPeer.open(address, port));
  }

  /** Requests that began a call or stood outside one, less the edge's own OPTIONS. */
  get calls(): Arrival[] {
    return this.requests.filter(({ method }) => method !== 'OPTIONS' && method !== 'ACK');
  }

  #receive(bytes: Buffer, from: { address: string; port: number }): void {
    if (bytes.subarray(0, 8).toString('latin1') === 'SIP/2.0 ') {
      this.responses.push(bytes);
      return;
    }
    const message = readMessage(bytes);
    const [method = ''] = message.startLine.split(' ');
    const arrival = { bytes, method, callId: valuesOf(message, 'call-id')[0] ?? '' };
    this.requests.push(arrival);
    this.onRequest(arrival);
    if (method !== 'ACK')
      this.peer.send(Buffer.from(this.#answer(arrival, message.headers), 'latin1'), from.address, from.port);
  }

  #answer({ method, callId }: Arrival, headers: readonly Header[]): string {
    const taken = method !== 'INVITE' || this.takes(callId);
    const copied = headers
      .filter(({ name }) => ['via', 'from', 'call-id', 'cseq', 'record-route'].includes(name))
      .map(({ raw }) => raw);
    const to = headers.find(({ name }) => name === 'to')?.value ?? '';
    const tagged = /;\s*tag\s*=/i.test(to) ? to : `${to};tag=inward`;
    const head = [`SIP/2.0 ${taken ? '200 OK' : '486 Busy Here'}`, ...copied, `To: ${tagged}`];
    const body = method === 'INVITE' && taken ? this.#sdp() : '';
    return [...head, ...this.#contact(body), '', body].join('\r\n');
  }

  #contact(body: string): string[] {
    if (body === '') return ['Content-Length: 0'];
    const { address, port } = this.peer;
    return [
      `Contact: <sip:livekit@${address}:${port}>`,
      'Content-Type: application/sdp',
      `Content-Length: ${body.length}`,
    ];
  }

  #sdp(): string {
    const { address } = this.peer;
    return [
      ...['v=0', `o=- 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'],
      ...['m=audio 41000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=sendrecv', ''],
    ].join('\r\n');
  }

  /** Leaves its place to somebody else; again is no harm. */
  close(): void {
    if (!this.#closed) this.peer.close();
    this.#closed = true;
  }
}
