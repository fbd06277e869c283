import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP socket that sends bytes as they are and keeps what it gets. */
export class RawPeer {
  readonly address: string;
  readonly port: number;
  /** Everything received, in order. */
  readonly received: Buffer[] = [];
  /** Called with each datagram and who sent it. */
  onMessage: (message: Buffer, from: { address: string; port: number }) => void = () => undefined;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    ({ address: this.address, port: this.port } = socket.address());
    socket.on('message', (message, from) => {
      this.received.push(message);
      this.onMessage(message, from);
    });
  }

  static async open(address: string, port = 0): Promise<RawPeer> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 1 << 20 });
    socket.bind(port, address);
    await once(socket, 'listening');
    return new RawPeer(socket);
  }

  send(bytes: Uint8Array, address: string, port = 5060): void {
    this.#socket.send(bytes, port, address);
  }

  /** Bytes received so far. */
  get bytes(): number {
    return this.received.reduce((sum, { length }) => sum + length, 0);
  }

  close(): void {
    this.#socket.close();
  }
}
