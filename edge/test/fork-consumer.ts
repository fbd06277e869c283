import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Where a fork of one leg arrives: keeps each packet whole. */
export class ForkConsumer {
  readonly host: string;
  readonly port: number;
  readonly packets: Buffer[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const { address, port } = socket.address();
    [this.host, this.port] = [address, port];
    socket.on('message', (packet) => this.packets.push(packet));
  }

  static async open(address: string): Promise<ForkConsumer> {
    const socket = createSocket('udp4').bind(0, address);
    await once(socket, 'listening');
    return new ForkConsumer(socket);
  }

  get place(): { host: string; port: number } {
    return { host: this.host, port: this.port };
  }

  /** Payloads as text, in order. */
  get payloads(): string[] {
    return this.packets.map((packet) => packet.subarray(12).toString('latin1').trimEnd());
  }

  close(): void {
    this.#socket.close();
  }
}
