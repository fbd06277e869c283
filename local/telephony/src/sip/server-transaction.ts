import type { Clock } from '@vestibule/core';
import type { Peer } from '../udp.ts';
import type { SipMessage, SipRequest, SipResponse } from './message.ts';
import { makeResponse, type ResponseParts, responsePeer } from './respond.ts';
import { T1, T2, T4, timerC, Timers, transactionTimeout } from './timers.ts';

type State = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated';

export interface ServerTransactionHooks {
  send: (message: SipMessage, to: Peer) => void;
  /** An INVITE got its 2xx, whose ACK comes outside of the transaction. */
  onAccepted: (response: SipResponse) => void;
  /** The transaction has left the table. */
  onTerminated: () => void;
}

/**
 * The server side of a request: RFC 3261 §17.2 with RFC 6026's "accepted" state. It repeats final responses to an
 * INVITE until the ACK comes, the 2xx ones as §13.3.1.4 asks of the layer above, and answers retransmitted requests
 * by the last response. An INVITE about which nothing more is said is forgotten after timer C.
 */
export class ServerTransaction {
  readonly request: SipRequest;
  /** Where the request came from. */
  readonly source: Peer;
  /** For a CANCEL: the INVITE that it cancels, when that still waits for a final response. */
  readonly cancels: ServerTransaction | undefined;
  readonly #hooks: ServerTransactionHooks;
  readonly #timers: Timers;
  #state: State = 'proceeding';
  #last: SipResponse | undefined;
  /** A 2xx got its ACK, which may carry an answer. */
  onAck: (ack: SipRequest) => void = () => undefined;
  /** A 2xx got no ACK in 64·T1: the session should end with BYE (§13.3.1.4). */
  onNoAck: () => void = () => undefined;

  constructor(
    request: SipRequest,
    source: Peer,
    clock: Clock,
    hooks: ServerTransactionHooks,
    cancels?: ServerTransaction,
  ) {
    this.request = request;
    this.source = source;
    this.cancels = cancels;
    this.#hooks = hooks;
    this.#timers = new Timers(clock);
    this.#waitForMore();
  }

  get state(): State {
    return this.#state;
  }

  /** The last response so far. */
  get response(): SipResponse | undefined {
    return this.#last;
  }

  /** Sends a response. After a final one, further ones are ignored. */
  respond(parts: ResponseParts): void {
    if (this.#state !== 'proceeding') return;
    this.#last = makeResponse(this.request, this.source, parts);
    this.#resend();
    if (parts.status >= 200) this.#final(parts.status);
    else this.#waitForMore();
  }

  /** The same request again. */
  retransmitted(): void {
    if (this.#state === 'proceeding' || this.#state === 'completed') this.#resend();
  }

  /** An ACK for the final response. */
  acknowledged(ack: SipRequest): void {
    if (this.#state === 'completed') {
      this.#state = 'confirmed';
      this.#timers.clearAll();
      this.#timers.set('I', T4, () => this.terminate());
    } else if (this.#state === 'accepted' && this.#timers.has('retransmit')) {
      this.#timers.clear('retransmit');
      this.#timers.clear('no-ack');
      this.onAck(ack);
    }
  }

  /** Forgets the transaction without a word: what a request is dropped by. */
  terminate(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#timers.clearAll();
    this.#hooks.onTerminated();
  }

  #waitForMore(): void {
    if (this.request.method === 'INVITE') this.#timers.set('C', timerC, () => this.terminate());
  }

  #final(status: number): void {
    this.#timers.clear('C');
    if (this.request.method !== 'INVITE') {
      this.#state = 'completed';
      this.#timers.set('J', transactionTimeout, () => this.terminate());
      return;
    }
    this.#state = status < 300 ? 'accepted' : 'completed';
    if (this.#state === 'accepted') this.#hooks.onAccepted(this.#last!);
    this.#timers.repeat('retransmit', T1, T2, () => this.#resend());
    this.#timers.set('no-ack', transactionTimeout, () => {
      this.#timers.clear('retransmit');
      if (this.#state === 'accepted') this.onNoAck();
      this.terminate();
    });
    // Timer L: a late retransmission of the INVITE must not look like a new call.
    if (status < 300) this.#timers.set('L', transactionTimeout + 1, () => this.terminate());
  }

  #resend(): void {
    if (this.#last) this.#hooks.send(this.#last, responsePeer(this.request, this.source));
  }
}
