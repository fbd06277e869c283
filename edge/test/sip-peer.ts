import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { SipInbox, type SipSelf } from './sip-inbox.ts';

/** A UDP socket that speaks SIP as text: no transaction layer, so that tests also send what no stack would. */
export class SipPeer extends SipInbox {
  readonly address: string;
  readonly port: number;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    super();
    this.#socket = socket;
    ({ address: this.address, port: this.port } = socket.address());
    socket.on('message', (message) => this.received.push(message.toString('latin1')));
  }

  static async open(address: string, port = 0): Promise<SipPeer> {
    const socket = createSocket('udp4').bind(port, address);
    await once(socket, 'listening');
    return new SipPeer(socket);
  }

  send(text: string, address: string, port = 5060): void {
    this.#socket.send(text.replace(/\r?\n/g, '\r\n'), port, address);
  }

  close(): void {
    this.#socket.close();
  }
}

export interface RequestOptions {
  method: string;
  /** Request-URI. */
  uri: string;
  from?: string;
  to?: string;
  callId?: string;
  cseq?: number;
  branch?: string;
  headers?: readonly string[];
  contentType?: string;
  body?: string;
}

/** A request as Twilio's trunk writes it. CANCEL and ACK take `branch` and `callId` of their INVITE. */
export function sipRequest(peer: SipSelf, options: RequestOptions): { text: string; callId: string } {
  const { method, uri, callId = randomUUID(), cseq = 1, branch = `z9hG4bK${randomUUID()}` } = options;
  const {
    from = '<sip:+15550199000@carrier.test>;tag=c1',
    to = `<${uri}>`,
    headers = [],
    body = '',
  } = options;
  const text = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${peer.transport ?? 'UDP'} ${peer.address}:${peer.port};branch=${branch};rport`,
    'Max-Forwards: 68',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:carrier@${peer.address}:${peer.port}${peer.transport === undefined ? '' : ';transport=tls'}>`,
    ...headers,
    ...(body === '' ? [] : [`Content-Type: ${options.contentType ?? 'application/sdp'}`]),
    `Content-Length: ${body.length + (body.match(/(?<!\r)\n/g)?.length ?? 0)}`,
    '',
    body,
  ].join('\n');
  return { text, callId };
}

/** An answer to `request`, with the headers that RFC 3261 section 8.2.6 has copied; inside a dialog the tag is there. */
export function sipAnswer(request: string, status: string, tag = 'SCL_test'): string {
  const copied = request
    .split('\r\n')
    .filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/.test(line))
    .join('\n');
  const to = headerOf(request, 'To') ?? '';
  const tagged = /;tag=/.test(to) ? to : `${to};tag=${tag}`;
  return `SIP/2.0 ${status}\n${copied}\nTo: ${tagged}\nContent-Length: 0\n\n`;
}

/** An answer with a Contact and an SDP. */
export function withBody(answer: string, contact: string, body: string): string {
  const length = body.length + (body.match(/\n/g)?.length ?? 0);
  return answer.replace(
    'Content-Length: 0\n\n',
    `${contact}\nContent-Type: application/sdp\nContent-Length: ${length}\n\n${body}`,
  );
}

export function audioSdp(address: string, port: number): string {
  return `v=0
o=- 1 1 IN IP4 ${address}
s=-
c=IN IP4 ${address}
t=0 0
m=audio ${port} RTP/AVP 0 8 101
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendrecv
`;
}

/** Where an SDP says that RTP goes. */
export function rtpTarget(message: string): { address: string; port: number } {
  return {
    address: /^c=IN IP4 (\S+)\r$/m.exec(message)?.[1] ?? '',
    port: Number(/^m=audio (\d+) /m.exec(message)?.[1]),
  };
}

/** The value of a header, or undefined. */
export function headerOf(message: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*(.*)\\r$`, 'im').exec(message)?.[1];
}
