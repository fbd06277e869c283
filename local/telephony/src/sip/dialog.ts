import type { Peer } from '../udp.ts';
import { parseNameAddress, parseUri, peerOf, tagOf } from './address.ts';
import { cseq, header, headerList, type SipHeaders, type SipRequest, type SipResponse } from './message.ts';

interface DialogState {
  callId: string;
  /** Value of From in our requests, with tag. */
  local: string;
  /** Value of To in our requests, with tag. */
  remote: string;
  /** The other side's Contact URI: where our requests are addressed. */
  target: string;
  routes: readonly string[];
  localSequence: number;
  remoteSequence: number;
}

/** A SIP dialog (RFC 3261 §12): builds our requests in it and keeps the numbers. */
export class Dialog {
  readonly callId: string;
  readonly local: string;
  readonly remote: string;
  readonly routes: readonly string[];
  #target: string;
  #localSequence: number;
  #remoteSequence: number;

  private constructor(state: DialogState) {
    this.callId = state.callId;
    this.local = state.local;
    this.remote = state.remote;
    this.routes = state.routes;
    this.#target = state.target;
    this.#localSequence = state.localSequence;
    this.#remoteSequence = state.remoteSequence;
  }

  /** The callee's dialog (§12.1.1). `firstSequence`: CSeq of our first request in it. */
  static asCallee(invite: SipRequest, localTag: string, firstSequence = 1): Dialog {
    const to = header(invite, 'to') ?? '';
    return new Dialog({
      callId: header(invite, 'call-id') ?? '',
      local: tagOf(to) === undefined ? `${to};tag=${localTag}` : to,
      remote: header(invite, 'from') ?? '',
      target: contactOf(invite) ?? parseNameAddress(header(invite, 'from') ?? '').uri,
      routes: headerList(invite, 'record-route'),
      localSequence: firstSequence - 1,
      remoteSequence: cseq(invite).number,
    });
  }

  /** The caller's dialog (§12.1.2), from the INVITE and its 2xx. */
  static asCaller(invite: SipRequest, response: SipResponse): Dialog {
    return new Dialog({
      callId: header(invite, 'call-id') ?? '',
      local: header(invite, 'from') ?? '',
      remote: header(response, 'to') ?? '',
      target: contactOf(response) ?? invite.uri,
      routes: headerList(response, 'record-route').reverse(),
      localSequence: cseq(invite).number,
      remoteSequence: 0,
    });
  }

  get localTag(): string {
    return tagOf(this.local) ?? '';
  }

  get remoteTag(): string {
    return tagOf(this.remote) ?? '';
  }

  get target(): string {
    return this.#target;
  }

  /** Whether a request from the other side belongs here. */
  owns(request: SipRequest): boolean {
    return (
      header(request, 'call-id') === this.callId &&
      tagOf(header(request, 'to')) === this.localTag &&
      (tagOf(header(request, 'from')) ?? '') === this.remoteTag
    );
  }

  /** Takes note of a request from the other side; false when its CSeq is old (answer 500, §12.2.2). */
  accept(request: SipRequest): boolean {
    const { number } = cseq(request);
    if (number < this.#remoteSequence) return false;
    this.#remoteSequence = number;
    if (request.method === 'INVITE' || request.method === 'UPDATE')
      this.#target = contactOf(request) ?? this.#target;
    return true;
  }

  /** The next request in the dialog, without Via. */
  request(method: string, headers: SipHeaders = [], body = ''): SipRequest {
    return this.#build(method, ++this.#localSequence, headers, body);
  }

  /** The ACK to a 2xx of the INVITE with that number: a transaction of its own. */
  ack(sequence: number, headers: SipHeaders = [], body = ''): SipRequest {
    return this.#build('ACK', sequence, headers, body);
  }

  /** Where requests go: the first Route, else the target. Only loose routers are supported. */
  nextHop(): Peer | undefined {
    const first = this.routes[0];
    return peerOf(first === undefined ? this.#target : parseNameAddress(first).uri);
  }

  #build(method: string, sequence: number, headers: SipHeaders, body: string): SipRequest {
    return {
      kind: 'request',
      method,
      uri: this.#target,
      headers: [
        ['Max-Forwards', '70'],
        ...this.routes.map((route) => ['Route', route] as const),
        ['From', this.local],
        ['To', this.remote],
        ['Call-ID', this.callId],
        ['CSeq', `${sequence} ${method}`],
        ...headers,
      ],
      body,
    };
  }
}

function contactOf(message: { headers: SipHeaders }): string | undefined {
  const contact = headerList(message, 'contact')[0];
  const uri = contact === undefined ? undefined : parseNameAddress(contact).uri;
  return uri !== undefined && parseUri(uri) ? uri : undefined;
}
