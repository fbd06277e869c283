import type { Clock } from '@vestibule/core';
import type { Peer } from '../udp.ts';
import { header, headerList, type SipMessage, type SipRequest, type SipResponse } from './message.ts';
import { T1, T2, T4, Timers, transactionTimeout } from './timers.ts';

export interface ClientTransactionHooks {
  send: (message: SipMessage, to: Peer) => void;
  onTerminated: () => void;
}

/** What the sender of a request hears. */
export interface ResponseHandlers {
  onProvisional?: (response: SipResponse) => void;
  /** The final response; for an INVITE every repetition of the 2xx too, each of which needs its ACK. */
  onFinal?: (response: SipResponse) => void;
  /** No final response within 64·T1 (for an INVITE: no response at all). */
  onTimeout?: () => void;
}

type State = 'trying' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

/** The client side of a request over UDP: RFC 3261 §17.1 with RFC 6026's "accepted" state. */
export class ClientTransaction {
  readonly request: SipRequest;
  readonly peer: Peer;
  readonly #hooks: ClientTransactionHooks;
  readonly #handlers: ResponseHandlers;
  readonly #timers: Timers;
  #state: State = 'trying';

  constructor(
    request: SipRequest,
    peer: Peer,
    clock: Clock,
    handlers: ResponseHandlers,
    hooks: ClientTransactionHooks,
  ) {
    this.request = request;
    this.peer = peer;
    this.#handlers = handlers;
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    const send = () => hooks.send(request, peer);
    this.#timers.repeat('retransmit', T1, this.#isInvite ? Infinity : T2, send);
    this.#timers.set('timeout', transactionTimeout, () => {
      this.terminate();
      this.#handlers.onTimeout?.();
    });
    send();
  }

  get state(): State {
    return this.#state;
  }

  get #isInvite(): boolean {
    return this.request.method === 'INVITE';
  }

  received(response: SipResponse): void {
    if (response.status < 200) this.#provisional(response);
    else if (this.#isInvite) this.#inviteFinal(response);
    else this.#final(response);
  }

  terminate(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.clearAll();
    this.#hooks.onTerminated();
  }

  #provisional(response: SipResponse): void {
    if (this.#state !== 'trying' && this.#state !== 'proceeding') return;
    this.#state = 'proceeding';
    if (this.#isInvite) {
      this.#timers.clear('retransmit');
      this.#timers.clear('timeout');
    } else {
      this.#timers.repeat('retransmit', T2, T2, () => this.#hooks.send(this.request, this.peer));
    }
    this.#handlers.onProvisional?.(response);
  }

  #final(response: SipResponse): void {
    if (this.#state === 'completed') return;
    this.#state = 'completed';
    this.#timers.clearAll();
    this.#timers.set('K', T4, () => this.terminate());
    this.#handlers.onFinal?.(response);
  }

  #inviteFinal(response: SipResponse): void {
    const accepted = response.status < 300;
    if (!accepted) this.#hooks.send(this.#ack(response), this.peer);
    if (this.#state === 'completed') return;
    if (this.#state !== 'accepted') {
      this.#timers.clearAll();
      this.#timers.set('D', transactionTimeout, () => this.terminate());
      this.#state = accepted ? 'accepted' : 'completed';
    } else if (!accepted) return;
    this.#handlers.onFinal?.(response);
  }

  /** The ACK to a refusal belongs to the transaction: same branch, same URI (§17.1.1.3). */
  #ack(response: SipResponse): SipRequest {
    return inTransaction(this.request, 'ACK', header(response, 'to') ?? '');
  }
}

/** ACK or CANCEL of an INVITE: its URI, top Via, Route, From, Call-ID and number (§9.1, §17.1.1.3). */
export function inTransaction(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string): SipRequest {
  const number = (header(invite, 'cseq') ?? '').split(' ')[0];
  return {
    kind: 'request',
    method,
    uri: invite.uri,
    headers: [
      ['Via', headerList(invite, 'via')[0] ?? ''],
      ['Max-Forwards', '70'],
      ...headerList(invite, 'route').map((route) => ['Route', route] as const),
      ['From', header(invite, 'from') ?? ''],
      ['To', to],
      ['Call-ID', header(invite, 'call-id') ?? ''],
      ['CSeq', `${number} ${method}`],
    ],
    body: '',
  };
}
