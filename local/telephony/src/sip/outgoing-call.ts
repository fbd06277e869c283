import type { Peer } from '../udp.ts';
import type { ClientTransaction } from './client-transaction.ts';
import { inTransaction } from './client-transaction.ts';
import { Dialog } from './dialog.ts';
import { answerChallenge, type DigestCredentials } from './digest.ts';
import type { SipEndpoint } from './endpoint.ts';
import { cseq, header, type SipHeaders, type SipRequest, type SipResponse } from './message.ts';
import type { ServerTransaction } from './server-transaction.ts';

export interface OutgoingCallOptions {
  /** Request-URI. */
  uri: string;
  /** Value of From without tag, e.g. `"Alice" <sip:+1555…@host>`. */
  from: string;
  /** Value of To; default the request URI in brackets. */
  to?: string;
  /** User part of our Contact. */
  contactUser?: string;
  /** Our whole Contact value, in its place. */
  contact?: string;
  /** Our tag; default a fresh token. */
  fromTag?: string;
  /** CANCEL goes out without waiting for a provisional response, as the official LiveKit SIP does. */
  cancelsAtOnce?: boolean;
  /** Further headers of the INVITE. */
  headers?: SipHeaders;
  /** Our offer. */
  sdp: string;
  /** Where the INVITE goes, whatever the URI's host is: an outbound proxy. */
  peer: Peer;
  /** Answers one 401 or 407. */
  credentials?: DigestCredentials;
  callId?: string;
  onProvisional?: (response: SipResponse) => void;
  /** A re-INVITE or UPDATE from the other side: the answer to give, or undefined for 488. */
  onOffer?: (sdp: string) => string | undefined;
  /** Other requests in the dialog (INFO, REFER, NOTIFY …); answer them. Without it they get 405; OPTIONS gets 200. */
  onRequest?: (transaction: ServerTransaction) => void;
}

export type CallOutcome =
  | { kind: 'answered'; response: SipResponse; sdp: string }
  | { kind: 'refused'; status: number; reason: string; response: SipResponse }
  | { kind: 'timeout' };

export type CallEnd = { by: 'local' } | { by: 'remote'; bye: SipRequest };

/**
 * A call that we place: INVITE, its answers, ACK, requests both ways, BYE. Knows no policy (time to wait, next
 * address to try); that is the caller's.
 */
export class OutgoingCall {
  readonly #endpoint: SipEndpoint;
  readonly #options: OutgoingCallOptions;
  readonly callId: string;
  /** How the INVITE ended. Never rejects. A cancelled one is `refused` with 487. */
  readonly outcome: Promise<CallOutcome>;
  /** Resolves when an answered call is over; when it never was, never. */
  readonly ended: Promise<CallEnd>;
  #settle!: (outcome: CallOutcome) => void;
  #finish!: (end: CallEnd) => void;
  #transaction!: ClientTransaction;
  #sequence = 1;
  #provisional = false;
  #cancelling = false;
  #dialog: Dialog | undefined;
  #removeDialog: () => void = () => undefined;
  readonly #from: string;

  constructor(endpoint: SipEndpoint, options: OutgoingCallOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.callId = options.callId ?? `${endpoint.token()}@${endpoint.local.address}`;
    this.#from = `${options.from};tag=${options.fromTag ?? endpoint.token()}`;
    this.outcome = new Promise((resolve) => (this.#settle = resolve));
    this.ended = new Promise((resolve) => (this.#finish = resolve));
    this.#invite([]);
  }

  /** Undefined until answered. */
  get dialog(): Dialog | undefined {
    return this.#dialog;
  }

  /** Gives up before the answer. Waits for a provisional response first, as RFC 3261 §9.1 asks. */
  cancel(): void {
    if (this.#dialog || this.#cancelling) return;
    this.#cancelling = true;
    if (this.#provisional || this.#options.cancelsAtOnce) this.#sendCancel();
  }

  /** Hangs up. Resolves with the response to the BYE, or undefined after a time-out. */
  async bye(headers: SipHeaders = []): Promise<SipResponse | undefined> {
    this.#removeDialog();
    const response = await this.request('BYE', headers);
    this.#finish({ by: 'local' });
    return response;
  }

  /** Offers anew in the dialog; acknowledges a 2xx. */
  async reinvite(sdp: string): Promise<SipResponse | undefined> {
    return this.request('INVITE', [['Contact', this.#contact()], ...sdpHeaders(sdp)], sdp);
  }

  /** Any request in the dialog. Undefined after a time-out, or when there is no dialog. */
  async request(method: string, headers: SipHeaders = [], body = ''): Promise<SipResponse | undefined> {
    const dialog = this.#dialog;
    const peer = this.#hop();
    if (!dialog) return undefined;
    const request = dialog.request(method, headers, body);
    return new Promise((resolve) => {
      this.#endpoint.request(request, peer, {
        onFinal: (response) => {
          if (method === 'INVITE' && response.status < 300)
            this.#endpoint.sendAck(dialog.ack(cseq(request).number), peer);
          resolve(response);
        },
        onTimeout: () => resolve(undefined),
      });
    });
  }

  #invite(authorization: SipHeaders): void {
    const { uri, to = `<${uri}>`, headers = [], sdp, peer } = this.#options;
    const invite: SipRequest = {
      kind: 'request',
      method: 'INVITE',
      uri,
      headers: [
        ['Max-Forwards', '70'],
        ['From', this.#from],
        ['To', to],
        ['Call-ID', this.callId],
        ['CSeq', `${this.#sequence} INVITE`],
        ['Contact', this.#contact()],
        ...authorization,
        ...headers,
        ...sdpHeaders(sdp),
      ],
      body: sdp,
    };
    this.#transaction = this.#endpoint.request(invite, peer, {
      onProvisional: (response) => this.#onProvisional(response),
      onFinal: (response) => this.#onFinal(response),
      onTimeout: () => this.#settle({ kind: 'timeout' }),
    });
  }

  #onProvisional(response: SipResponse): void {
    const first = !this.#provisional;
    this.#provisional = true;
    if (first && this.#cancelling && !this.#options.cancelsAtOnce) this.#sendCancel();
    this.#options.onProvisional?.(response);
  }

  #onFinal(response: SipResponse): void {
    if (response.status < 300) this.#onAccepted(response);
    else if (!this.#authenticate(response))
      this.#settle({ kind: 'refused', status: response.status, reason: response.reason, response });
  }

  #onAccepted(response: SipResponse): void {
    const invite = this.#transaction.request;
    const first = this.#dialog === undefined;
    this.#dialog ??= Dialog.asCaller(invite, response);
    this.#endpoint.sendAck(this.#dialog.ack(cseq(invite).number), this.#hop());
    if (!first) return;
    this.#removeDialog = this.#endpoint.addDialog(this.#dialog, (transaction) =>
      this.#onRequest(transaction),
    );
    this.#settle({ kind: 'answered', response, sdp: response.body });
    // CANCEL and 200 crossed: the call was given up, so it ends at once (§9.1).
    if (this.#cancelling) void this.bye();
  }

  #authenticate(response: SipResponse): boolean {
    const proxy = response.status === 407;
    const { credentials, uri } = this.#options;
    if ((!proxy && response.status !== 401) || !credentials || this.#sequence > 1) return false;
    const challenge = header(response, proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
    const answer = challenge && answerChallenge(challenge, credentials, { method: 'INVITE', uri });
    if (!answer) return false;
    this.#sequence++;
    this.#provisional = false;
    this.#invite([[proxy ? 'Proxy-Authorization' : 'Authorization', answer]]);
    return true;
  }

  #onRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.method === 'BYE') {
      transaction.respond({ status: 200, reason: 'OK' });
      this.#removeDialog();
      this.#finish({ by: 'remote', bye: request });
    } else if (request.method === 'OPTIONS') transaction.respond({ status: 200, reason: 'OK' });
    else if (request.method === 'INVITE' || request.method === 'UPDATE') this.#onOffer(transaction);
    else if (this.#options.onRequest) this.#options.onRequest(transaction);
    else transaction.respond({ status: 405, reason: 'Method Not Allowed' });
  }

  #onOffer(transaction: ServerTransaction): void {
    const answer = this.#options.onOffer?.(transaction.request.body);
    if (answer === undefined) return transaction.respond({ status: 488, reason: 'Not Acceptable Here' });
    const headers: SipHeaders = [
      ['Contact', this.#contact()],
      ['Content-Type', 'application/sdp'],
    ];
    transaction.respond({ status: 200, reason: 'OK', headers, body: answer });
  }

  #sendCancel(): void {
    const invite = this.#transaction.request;
    this.#endpoint.request(
      inTransaction(invite, 'CANCEL', header(invite, 'to') ?? ''),
      this.#options.peer,
      {},
    );
  }

  #contact(): string {
    const { address, port } = this.#endpoint.local;
    const { contact, contactUser: user } = this.#options;
    if (contact !== undefined) return contact;
    return `<sip:${user === undefined ? '' : `${user}@`}${address}:${port}>`;
  }

  #hop(): Peer {
    return this.#dialog?.nextHop() ?? this.#options.peer;
  }
}

function sdpHeaders(sdp: string): SipHeaders {
  return sdp === '' ? [] : [['Content-Type', 'application/sdp']];
}
