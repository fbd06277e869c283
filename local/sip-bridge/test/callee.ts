import {
  buildSdp,
  Dialog,
  g711Offer,
  header,
  type Peer,
  type ResponseParts,
  type ServerTransaction,
  SipEndpoint,
} from '@vestibule/local-telephony';

export interface HeardInvite {
  from: Peer;
  number: string;
  header: (name: string) => string | undefined;
}

/** Somebody who is called on the loopback: answers, refuses, or lets it ring. What is said in RTP goes nowhere. */
export class Callee {
  readonly #endpoint: SipEndpoint;
  readonly #answer: ResponseParts | 'answers' | 'rings';
  readonly invites: HeardInvite[] = [];
  readonly refers: Peer[] = [];
  readonly #hungUp = Promise.withResolvers<void>();
  /** Resolves with the first BYE. */
  readonly hungUp = this.#hungUp.promise;
  #waiting: (() => void)[] = [];

  private constructor(endpoint: SipEndpoint, answer: ResponseParts | 'answers' | 'rings') {
    this.#endpoint = endpoint;
    this.#answer = answer;
    endpoint.onRequest = (transaction) => this.#onRequest(transaction);
  }

  static async open(answer: ResponseParts | 'answers' | 'rings' = 'answers'): Promise<Callee> {
    return new Callee(await SipEndpoint.open({ address: '127.0.0.1', port: 0 }), answer);
  }

  get port(): number {
    return this.#endpoint.local.port;
  }

  /** Resolves when so many INVITEs are there. */
  async invited(count: number): Promise<void> {
    while (this.invites.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#endpoint.close();
  }

  #onRequest(transaction: ServerTransaction): void {
    const { request, source } = transaction;
    if (request.method !== 'INVITE') return transaction.respond({ status: 200, reason: 'OK' });
    const number = /^sip:([^@]*)@/.exec(request.uri)?.[1] ?? '';
    this.invites.push({ from: source, number, header: (name) => header(request, name) });
    for (const wake of this.#waiting.splice(0)) wake();
    if (this.#answer === 'answers') return this.#accept(transaction);
    if (this.#answer === 'rings')
      return transaction.respond({ status: 180, reason: 'Ringing', toTag: 'callee' });
    transaction.respond({ ...this.#answer, toTag: 'callee' });
  }

  #accept(invite: ServerTransaction): void {
    const { address, port } = this.#endpoint.local;
    const dialog = Dialog.asCallee(invite.request, 'callee');
    this.#endpoint.addDialog(dialog, (transaction) => {
      const { method } = transaction.request;
      if (method === 'REFER') this.refers.push(transaction.source);
      transaction.respond(
        method === 'REFER' ? { status: 603, reason: 'Decline' } : { status: 200, reason: 'OK' },
      );
      if (method === 'BYE') this.#hungUp.resolve();
    });
    invite.respond({
      status: 200,
      reason: 'OK',
      toTag: 'callee',
      headers: [
        ['Contact', `<sip:callee@${address}:${port}>`],
        ['Content-Type', 'application/sdp'],
      ],
      body: buildSdp({ sessionId: 1, version: 1, audio: { address, port: 9 }, formats: g711Offer }),
    });
  }
}
