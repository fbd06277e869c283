import { createSocket, type Socket } from 'node:dgram';
import { decodeRtp, encodeRtp, type Pacer, type Peer, type RtpPacket } from '@vestibule/local-telephony';

export interface Heard {
  text: string;
  /** performance.now() */
  at: number;
  taken: boolean;
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}

/** The recorded caller's half: raw SIP text and raw RTP packets, no stack of our own behind them. */
export class RawCaller {
  readonly #sip: Socket;
  readonly #rtp: Socket;
  readonly messages: Heard[] = [];
  readonly packets: { packet: RtpPacket; at: number }[] = [];
  #waiting: (() => void)[] = [];
  #stopTone: (() => void) | undefined;
  #sequence = 1000;
  #timestamp = 16_000;

  private constructor(sip: Socket, rtp: Socket) {
    this.#sip = sip;
    this.#rtp = rtp;
    sip.on('message', (bytes) => {
      this.messages.push({ text: bytes.toString(), at: performance.now(), taken: false });
      for (const wake of this.#waiting.splice(0)) wake();
    });
    rtp.on('message', (bytes) => {
      const packet = decodeRtp(bytes);
      if (packet) this.packets.push({ packet, at: performance.now() });
    });
  }

  static async open(): Promise<RawCaller> {
    return new RawCaller(await bound(), await bound());
  }

  get address(): string {
    return `127.0.0.1:${this.#sip.address().port}`;
  }

  get rtpPort(): number {
    return this.#rtp.address().port;
  }

  send(text: string, to: Peer): void {
    this.#sip.send(text, to.port, to.address);
  }

  /** The audio packets that are not silence. */
  sound(): RtpPacket[] {
    const silence = new Set([0xff, 0x7f, 0xd5, 0x55]);
    return this.packets
      .map(({ packet }) => packet)
      .filter(({ payload }) => payload.length === 160 && payload.some((byte) => !silence.has(byte)));
  }

  /** Resolves at the next message, or after `ms`. */
  async change(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** A 1 kHz µ-law tone every 20 ms until `stopTone`. */
  startTone(pacer: Pacer, to: Peer, payloadType: number): void {
    const period = [0xff, 0x9e, 0x97, 0x9e, 0xff, 0x1e, 0x17, 0x1e];
    const payload = Uint8Array.from({ length: 160 }, (_, i) => period[i % 8]!);
    this.#stopTone?.();
    this.#stopTone = pacer.add(() => {
      this.sendRtp(to, { payloadType, marker: false, timestamp: this.#timestamp, payload });
      this.#timestamp += 160;
    });
  }

  get timestamp(): number {
    return this.#timestamp;
  }

  sendRtp(to: Peer, part: Pick<RtpPacket, 'payloadType' | 'marker' | 'timestamp' | 'payload'>): void {
    const packet = { ...part, sequence: this.#sequence++ & 0xffff, ssrc: 0x5e5e5e5e };
    this.#rtp.send(encodeRtp(packet), to.port, to.address);
  }

  stopTone(): void {
    this.#stopTone?.();
    this.#stopTone = undefined;
  }

  close(): void {
    this.stopTone();
    this.#sip.close();
    this.#rtp.close();
  }
}
