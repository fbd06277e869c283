import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SrtpContext } from './srtp.ts';
import { until } from './until.ts';

/** A UDP socket that sends numbered RTP packets (PCMU, 20 ms) and keeps what comes back. */
export class RtpPeer {
  readonly address: string;
  readonly port: number;
  /** Payloads received, with the address that sent each. */
  readonly received: { from: string; payload: string }[] = [];
  /** Packets that the key of `secure` did not open. */
  rejected = 0;
  /** Of the next packet. */
  sequence = 0;
  readonly #socket: Socket;
  #own: SrtpContext | undefined;
  #theirs: SrtpContext | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    ({ address: this.address, port: this.port } = socket.address());
    socket.on('message', (packet, { address, port }) => this.#keep(packet, `${address}:${port}`));
  }

  static async open(address: string, port = 0): Promise<RtpPeer> {
    const socket = createSocket('udp4').bind(port, address);
    await once(socket, 'listening');
    return new RtpPeer(socket);
  }

  /** From now on SRTP, under each sender's key and salt (30 bytes, as in `inline:`). */
  secure({ own, theirs }: { own: Buffer; theirs: Buffer }): void {
    this.sealWith(own);
    this.#theirs = new SrtpContext(theirs);
  }

  /** From now on it sends SRTP under this key, or without one RTP in clear. */
  sealWith(own?: Buffer): void {
    this.#own = own === undefined ? undefined : new SrtpContext(own);
  }

  /** One packet whose payload is `text`, padded to 160 bytes. */
  send(text: string, target: { address: string; port: number }): void {
    const packet = Buffer.alloc(172, ' ', 'latin1');
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(0, 1);
    packet.writeUInt16BE(this.sequence & 0xffff, 2);
    packet.writeUInt32BE(this.sequence * 160, 4);
    packet.writeUInt32BE(0x5eed0000 + this.port, 8);
    packet.write(text, 12, 'latin1');
    this.sequence += 1;
    this.#socket.send(this.#own?.protect(packet) ?? packet, target.port, target.address);
  }

  /** Any packet. */
  sendRaw(packet: Buffer, target: { address: string; port: number }): void {
    this.#socket.send(packet, target.port, target.address);
  }

  /** Sends every 20 ms until `text` has come back. Returns the address that sent it. */
  async echo(text: string, target: { address: string; port: number }): Promise<string> {
    const find = () => this.received.find(({ payload }) => payload === text);
    await until(`RTP "${text}" is echoed`, () => {
      if (find() === undefined) this.send(text, target);
      return find() !== undefined;
    });
    return find()?.from ?? '';
  }

  /** Sends every 20 ms until `other` has received `text`. */
  async reach(other: RtpPeer, text: string, target: { address: string; port: number }): Promise<void> {
    const arrived = () => other.received.some(({ payload }) => payload === text);
    await until(`RTP "${text}" arrives`, () => {
      if (!arrived()) this.send(text, target);
      return arrived();
    });
  }

  #keep(packet: Buffer, from: string): void {
    const rtp = this.#theirs === undefined ? packet : this.#theirs.unprotect(packet);
    if (rtp === undefined) this.rejected += 1;
    else this.received.push({ from, payload: rtp.subarray(12).toString('latin1').trimEnd() });
  }

  close(): void {
    this.#socket.close();
  }
}
