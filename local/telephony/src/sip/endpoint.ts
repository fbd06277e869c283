import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { type Clock, systemClock } from '@vestibule/core';
import { bindUdp, type Peer, sendUdp } from '../udp.ts';
import { parseVia, tagOf } from './address.ts';
import { ClientTransaction, type ResponseHandlers } from './client-transaction.ts';
import type { Dialog } from './dialog.ts';
import {
  cseq,
  header,
  headerList,
  parseSip,
  serializeSip,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import { ServerTransaction } from './server-transaction.ts';

export interface SipEndpointOptions {
  address: string;
  /** 0 takes any free one. */
  port: number;
  clock?: Clock;
  /** Token of a branch, hexadecimal. */
  token?: () => string;
  /** Sees every message on the wire. */
  tap?: (direction: 'in' | 'out', message: SipMessage, peer: Peer) => void;
}

/** A SIP socket over UDP with its transactions (RFC 3261 §17, §18): the layer below calls, for callers and callees. */
export class SipEndpoint {
  readonly #socket: Socket;
  readonly #options: SipEndpointOptions;
  readonly #clock: Clock;
  #servers = new Map<string, ServerTransaction>();
  /** INVITEs with a 2xx, by what their ACK has in common with it. */
  #accepted = new Map<string, ServerTransaction>();
  #clients = new Map<string, ClientTransaction>();
  #dialogs = new Map<Dialog, (transaction: ServerTransaction) => void>();
  #closed = false;
  /** A new request that no dialog owns, in or out of a dialog; CANCEL too (see `ServerTransaction.cancels`), ACK not. */
  onRequest: (transaction: ServerTransaction) => void = () => undefined;

  private constructor(socket: Socket, options: SipEndpointOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    socket.on('message', (bytes, { address, port }) => this.#receive(bytes, { address, port }));
  }

  /** @throws CodedError `address-in-use`. */
  static async open(options: SipEndpointOptions): Promise<SipEndpoint> {
    return new SipEndpoint(await bindUdp(options.address, options.port), options);
  }

  get local(): Peer {
    const { address, port } = this.#socket.address();
    return { address, port };
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** A fresh token for branches, tags and Call-IDs. */
  token(): string {
    return (this.#options.token ?? (() => randomBytes(8).toString('hex')))();
  }

  /** Sends a request in a transaction of its own; a Via is put on top unless it is a CANCEL, which has its INVITE's. */
  request(request: SipRequest, peer: Peer, handlers: ResponseHandlers): ClientTransaction {
    const ready = request.method === 'CANCEL' ? request : this.#withVia(request);
    const key = clientKey(ready);
    const transaction = new ClientTransaction(ready, peer, this.#clock, handlers, {
      send: (message, to) => this.#send(message, to),
      onTerminated: () => this.#clients.delete(key),
    });
    this.#clients.set(key, transaction);
    return transaction;
  }

  /** Hands every request in this dialog to `onRequest`. @returns the function that ends it. */
  addDialog(dialog: Dialog, onRequest: (transaction: ServerTransaction) => void): () => void {
    this.#dialogs.set(dialog, onRequest);
    return () => this.#dialogs.delete(dialog);
  }

  /** Sends an ACK to a 2xx, which has no transaction. */
  sendAck(ack: SipRequest, peer: Peer): void {
    this.#send(this.#withVia(ack), peer);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const transaction of [...this.#servers.values(), ...this.#clients.values()]) transaction.terminate();
    this.#socket.close();
  }

  #withVia(request: SipRequest): SipRequest {
    const { address, port } = this.local;
    const via = `SIP/2.0/UDP ${address}:${port};branch=z9hG4bK${this.token()};rport`;
    return { ...request, headers: [['Via', via], ...request.headers] };
  }

  #send(message: SipMessage, to: Peer): void {
    if (this.#closed) return;
    this.#options.tap?.('out', message, to);
    sendUdp(this.#socket, serializeSip(message), to);
  }

  #receive(bytes: Uint8Array, source: Peer): void {
    const message = parseSip(bytes);
    if (!message) return;
    this.#options.tap?.('in', message, source);
    if (message.kind === 'response') this.#clients.get(clientKey(message))?.received(message);
    else if (message.method === 'ACK') this.#acknowledge(message, source);
    else this.#serve(message, source);
  }

  #serve(request: SipRequest, source: Peer): void {
    const key = serverKey(request, source, request.method);
    if (key === undefined) return;
    const known = this.#servers.get(key);
    if (known) return known.retransmitted();
    const invite =
      request.method === 'CANCEL' ? this.#servers.get(serverKey(request, source, 'INVITE')!) : undefined;
    const transaction: ServerTransaction = new ServerTransaction(
      request,
      source,
      this.#clock,
      {
        send: (response, to) => this.#send(response, to),
        onAccepted: (response) => this.#accepted.set(ackKey(response), transaction),
        onTerminated: () => this.#forget(key, transaction),
      },
      invite,
    );
    this.#servers.set(key, transaction);
    this.#dispatch(transaction);
  }

  #forget(key: string, { request, response }: ServerTransaction): void {
    this.#servers.delete(key);
    if (request.method === 'INVITE' && response) this.#accepted.delete(ackKey(response));
  }

  #dispatch(transaction: ServerTransaction): void {
    const { request } = transaction;
    const owner = [...this.#dialogs].find(([dialog]) => dialog.owns(request));
    if (!owner || request.method === 'CANCEL') return this.onRequest(transaction);
    const [dialog, handler] = owner;
    if (dialog.accept(request)) handler(transaction);
    else transaction.respond({ status: 500, reason: 'Server Internal Error' });
  }

  /** A refusal's ACK has the INVITE's branch; a 2xx's has a branch of its own and is found by its dialog. */
  #acknowledge(ack: SipRequest, source: Peer): void {
    const key = serverKey(ack, source, 'INVITE');
    const byBranch = key === undefined ? undefined : this.#servers.get(key);
    (byBranch ?? this.#accepted.get(ackKey(ack)))?.acknowledged(ack);
  }
}

/** What a 2xx and its ACK share: Call-ID, number and both tags (RFC 3261 §13.2.2.4). */
function ackKey(message: SipMessage): string {
  const tags = ['from', 'to'].map((name) => tagOf(header(message, name)) ?? '');
  return [header(message, 'call-id'), cseq(message).number, ...tags].join(' ');
}

function clientKey(message: SipRequest | SipResponse): string {
  const branch = parseVia(headerList(message, 'via')[0] ?? '')?.parameters.get('branch') ?? '';
  return `${branch} ${cseq(message).method}`;
}

/** RFC 3261 §17.2.3: branch, sent-by, method. Undefined for a request without a usable Via. */
function serverKey(request: SipRequest, source: Peer, method: string): string | undefined {
  const via = parseVia(headerList(request, 'via')[0] ?? '');
  if (!via) return undefined;
  // An RFC 2543 client without the magic cookie is told apart by dialog and number.
  const branch = via.parameters.get('branch') ?? `${header(request, 'call-id')} ${cseq(request).number}`;
  return `${branch} ${via.host}:${via.port ?? source.port} ${method}`;
}
