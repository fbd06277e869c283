import type { Socket } from 'node:dgram';
import { type Clock, systemClock } from '@vestibule/core';
import { decodeG711, encodeG711, type G711Name } from './g711.ts';
import { JitterBuffer, type JitterBufferOptions } from './jitter-buffer.ts';
import { frameSamples, type Pacer } from './pacer.ts';
import { decodeRtp, encodeRtp, type RtpPacket } from './rtp-packet.ts';
import { TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts';
import { bindInRange, type Peer, type PortRange, sendUdp } from './udp.ts';

/** What offer and answer agreed on. */
export interface MediaFormat {
  codec: G711Name;
  /** RTP payload type of the codec, both ways. */
  payloadType: number;
  /** RTP payload type of telephone-event/8000; absent when the other side has none. */
  eventPayloadType?: number;
}

export interface RtpSessionOptions {
  address: string;
  ports: PortRange;
  pacer: Pacer;
  clock?: Clock;
  random?: () => number;
  jitter?: JitterBufferOptions;
  /** Pulled every 20 ms: 160 samples at 8 kHz to send, or undefined for silence. */
  nextFrame?: () => Int16Array | undefined;
  /** Called every 20 ms with the 160 samples to hear now; silence where nothing came. */
  onFrame?: (samples: Int16Array) => void;
  /** Called once per key press. */
  onDigit?: (digit: string) => void;
  /** Sees every packet as it is received or sent, before the jitter buffer; `at` is monotonic ms. */
  tap?: (direction: 'in' | 'out', packet: RtpPacket, at: number) => void;
}

const silentFrame = new Int16Array(frameSamples);
const staticPayloadTypes: Record<number, G711Name> = { 0: 'PCMU', 8: 'PCMA' };

/**
 * One call's audio: G.711 every 20 ms to where the SDP says (never to a learned address), and a jitter buffer on
 * what comes back. It receives from anywhere and speaks no RTCP.
 */
export class RtpSession {
  readonly #socket: Socket;
  readonly #options: RtpSessionOptions;
  readonly #clock: Clock;
  readonly #buffer: JitterBuffer;
  readonly #eventsIn = new TelephoneEventReceiver();
  readonly #eventsOut = new TelephoneEventSender();
  readonly #ssrc: number;
  #format: MediaFormat | undefined;
  #remote: Peer | undefined;
  #sequence = 0;
  #timestamp = 0;
  #unsubscribe: (() => void) | undefined;
  #closed = false;
  /** Monotonic ms of the last RTP packet in; undefined until the first. */
  lastReceivedAt: number | undefined;
  /** False: only key presses go out, and time passes. */
  sendsAudio = true;
  packetsSent = 0;
  packetsReceived = 0;

  private constructor(socket: Socket, options: RtpSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#buffer = new JitterBuffer(options.jitter);
    this.#ssrc = Math.floor((options.random ?? Math.random)() * 0x1_0000_0000) >>> 0;
    socket.on('message', (bytes) => this.#receive(bytes));
  }

  /** @throws CodedError `no-free-port`. */
  static async open(options: RtpSessionOptions): Promise<RtpSession> {
    const socket = await bindInRange(options.address, options.ports, options.random ?? Math.random);
    return new RtpSession(socket, options);
  }

  /** The local port, for the SDP. */
  get port(): number {
    return this.#socket.address().port;
  }

  get jitter(): Readonly<Pick<JitterBuffer, 'late' | 'concealed' | 'waiting'>> {
    return this.#buffer;
  }

  /** Starts sending and hearing; again with another remote or format after a re-INVITE. */
  start(remote: Peer, format: MediaFormat): void {
    if (this.#closed) return;
    this.#remote = remote;
    this.#format = format;
    this.#unsubscribe ??= this.#options.pacer.add(() => this.#step());
  }

  /** Presses keys; `w` waits half a second, anything but 0-9 * # A-D is left out. Nothing happens when the other side takes no events. */
  sendDigits(digits: string): void {
    if (this.#format?.eventPayloadType !== undefined) this.#eventsOut.enqueue(digits);
  }

  /** True while key presses wait or are being sent. */
  get sendingDigits(): boolean {
    return !this.#eventsOut.idle;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unsubscribe?.();
    this.#socket.close();
  }

  #step(): void {
    const format = this.#format!;
    const frame = this.#options.nextFrame?.() ?? silentFrame;
    const audio = { payloadType: format.payloadType, marker: false, timestamp: this.#timestamp };
    if (this.sendsAudio) this.#send({ ...audio, payload: encodeG711(format.codec, frame) });
    for (const { marker, age, payload } of this.#eventsOut.step()) {
      const timestamp = this.#timestamp - age * frameSamples;
      this.#send({ payloadType: format.eventPayloadType!, marker, timestamp, payload });
    }
    this.#timestamp = (this.#timestamp + frame.length) >>> 0;
    if (this.#options.onFrame) this.#options.onFrame(this.#buffer.pull(frameSamples));
  }

  #send(part: Pick<RtpPacket, 'payloadType' | 'marker' | 'timestamp' | 'payload'>): void {
    if (!this.#remote || this.#remote.port === 0 || this.#closed) return;
    const packet: RtpPacket = {
      ...part,
      timestamp: part.timestamp >>> 0,
      sequence: this.#sequence,
      ssrc: this.#ssrc,
    };
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packetsSent++;
    this.#options.tap?.('out', packet, this.#clock.monotonic());
    sendUdp(this.#socket, encodeRtp(packet), this.#remote);
  }

  #receive(bytes: Uint8Array): void {
    const packet = decodeRtp(bytes);
    if (!packet || !this.#format) return;
    const at = this.#clock.monotonic();
    this.lastReceivedAt = at;
    this.packetsReceived++;
    this.#options.tap?.('in', packet, at);
    if (packet.payloadType === this.#format.eventPayloadType) {
      const digit = this.#eventsIn.push(packet);
      if (digit !== undefined) this.#options.onDigit?.(digit);
      return;
    }
    const codec =
      packet.payloadType === this.#format.payloadType
        ? this.#format.codec
        : staticPayloadTypes[packet.payloadType];
    if (codec) this.#buffer.push({ ...packet, samples: decodeG711(codec, packet.payload) });
  }
}
