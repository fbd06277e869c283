import { randomUUID } from 'node:crypto';
import type { SipSpeaker } from './sip-inbox.ts';
import { audioSdp, headerOf, sipRequest } from './sip-peer.ts';

export interface CallOptions {
  edge: string;
  number?: string;
  caller?: string;
  headers?: readonly string[];
  rtp?: { address: string; port: number };
  contentType?: string;
  body?: string;
}

/** One call of the carrier's, stepwise. */
export class CarrierCall {
  readonly callId: string;
  readonly peer: SipSpeaker;
  readonly #options: CallOptions;
  readonly #branch = `z9hG4bK${randomUUID()}`;
  readonly #from: string;
  readonly #uri: string;

  constructor(peer: SipSpeaker, options: CallOptions, callId: string = randomUUID()) {
    this.callId = callId;
    this.peer = peer;
    this.#options = options;
    this.#from = `<sip:${options.caller ?? '+15550199000'}@carrier.test>;tag=${this.callId.slice(0, 8)}`;
    this.#uri = `sip:${options.number ?? '+15550100100'}@${options.edge}:${peer.transport === 'TLS' ? '5061;transport=tls' : '5060'}`;
  }

  /** The same call as another peer of the same carrier's would send for it. */
  by(peer: SipSpeaker): CarrierCall {
    return new CarrierCall(peer, this.#options, this.callId);
  }

  invite(): this {
    const { headers = [], rtp, contentType } = this.#options;
    const body = this.#options.body ?? audioSdp(rtp?.address ?? this.peer.address, rtp?.port ?? 30000);
    this.#send('INVITE', 1, this.#uri, this.#branch, {
      headers,
      body,
      ...(contentType ? { contentType } : {}),
    });
    return this;
  }

  /** The final answer, acknowledged as RFC 3261 asks. Until the first answer the INVITE is repeated every T1. */
  async final(timeout?: number): Promise<string> {
    const timer = setInterval(() => {
      if (this.peer.codes(this.callId).length === 0) this.invite();
    }, 500);
    const answer = await this.peer
      .next(/^SIP\/2\.0 [2-6]\d\d/, this.callId, timeout)
      .finally(() => clearInterval(timer));
    if (answer.startsWith('SIP/2.0 2')) this.inDialog('ACK', answer, 1);
    else this.#send('ACK', 1, this.#uri, this.#branch, { to: headerOf(answer, 'To') ?? '' });
    return answer;
  }

  /** CANCEL has its INVITE's branch. */
  cancel(): void {
    this.#send('CANCEL', 1, this.#uri, this.#branch, {});
  }

  /** A request inside the dialog that `answer` (a 200) made, by its Record-Route and Contact. */
  inDialog(method: string, answer: string, cseq: number, body = ''): void {
    const routes = [...answer.matchAll(/^Record-Route: (.*)\r$/gm)]
      .flatMap(([, value = '']) => value.split(/,\s*/))
      .reverse();
    const contact = /<(.*)>/.exec(headerOf(answer, 'Contact') ?? '')?.[1] ?? '';
    this.#send(method, cseq, contact, `z9hG4bK${randomUUID()}`, {
      to: headerOf(answer, 'To') ?? '',
      headers: routes.map((route) => `Route: ${route}`),
      body,
    });
  }

  #send(
    method: string,
    cseq: number,
    uri: string,
    branch: string,
    rest: { to?: string; headers?: readonly string[]; body?: string; contentType?: string },
  ): void {
    const to = rest.to ?? `<${this.#uri}>`;
    const { text } = sipRequest(this.peer, {
      method,
      uri,
      cseq,
      branch,
      callId: this.callId,
      from: this.#from,
      ...rest,
      to,
    });
    this.peer.send(text, this.#options.edge);
  }
}
