import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { connect, type ConnectionOptions, createServer, type Server, type TLSSocket } from 'node:tls';
import type { Certificate } from './tls-certificates.ts';
import { SipInbox, type SipSpeaker } from './sip-inbox.ts';
import { SipStream } from './sip-stream.ts';

export interface TlsPeerOptions {
  address: string;
  /** Where it takes the edge's requests; any free one otherwise. */
  port?: number;
  /** What it shows to who connects to it. */
  own: Certificate;
  /** PEM file: who must have signed the edge's certificate. */
  authority: string;
  edge: { address: string; port: number };
}

/**
 * A carrier that speaks SIP over TLS as Twilio does: it connects to the edge for its own requests, and its Contact
 * (`sip:…;transport=tls`) names the port on which it takes the edge's. An answer goes out on the connection that its
 * request came in on.
 */
export class TlsPeer extends SipInbox implements SipSpeaker {
  readonly transport = 'TLS';
  readonly address: string;
  readonly port: number;
  /** The connection that this side opened. */
  readonly connection: TLSSocket;
  /** Connections that the edge opened. */
  readonly accepted: TLSSocket[] = [];
  readonly #server: Server;
  readonly #arrivedOn = new Map<string, TLSSocket>();

  private constructor(server: Server, connection: TLSSocket) {
    super();
    this.#server = server;
    this.connection = connection;
    ({ address: this.address, port: this.port } = server.address() as AddressInfo);
    this.#read(connection);
    server.on('secureConnection', (socket: TLSSocket) => {
      this.accepted.push(socket);
      this.#read(socket);
    });
  }

  static async open({ address, port = 0, own, authority, edge }: TlsPeerOptions): Promise<TlsPeer> {
    const server = createServer({ cert: await readFile(own.certificate), key: await readFile(own.key) });
    server.listen(port, address);
    await once(server, 'listening');
    try {
      return new TlsPeer(server, await tlsConnection(address, authority, edge));
    } catch (error) {
      server.close();
      throw error;
    }
  }

  send(text: string): void {
    const message = text.replace(/\r?\n/g, '\r\n');
    const socket = message.startsWith('SIP/2.0 ') ? this.#arrivedOn.get(branchOf(message)) : undefined;
    (socket ?? this.connection).write(message, 'latin1');
  }

  close(): void {
    this.connection.destroy();
    for (const socket of this.accepted) socket.destroy();
    this.#server.close();
  }

  #read(socket: TLSSocket): void {
    const stream = new SipStream();
    socket.on('data', (bytes: Buffer) => {
      for (const message of stream.push(bytes)) {
        if (!message.startsWith('SIP/2.0 ')) this.#arrivedOn.set(branchOf(message), socket);
        this.received.push(message);
      }
    });
    // The edge may be killed; what a test waits for then does not come.
    socket.on('error', () => undefined);
  }
}

/** The topmost Via's. */
const branchOf = (message: string): string => /^Via:[^\r]*;branch=([^;,\r]+)/im.exec(message)?.[1] ?? '';

/** Connects from `address` and verifies the edge's certificate for its address. */
export async function tlsConnection(
  address: string,
  authority: string,
  edge: { address: string; port: number },
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  const ca = await readFile(authority);
  const tcp = connectTcp({ host: edge.address, port: edge.port, localAddress: address });
  const socket = connect({ socket: tcp, host: edge.address, ca, ...options });
  tcp.once('error', (error) => socket.destroy(error));
  await once(socket, 'secureConnect');
  return socket;
}
