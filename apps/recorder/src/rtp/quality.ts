import type { RtpPacket } from './packet.ts';

/** What one party's RTP was like, from the first packet to the last. */
export interface Quality {
  packets: number;
  /** That never came, as a part of those that should have. */
  loss: number;
  /** Interarrival jitter (RFC 3550, section 6.4.1), the mean over all packets, ms. */
  jitterMs: number;
  /** Listening quality, 1–4.5, by the E-model: see `mosOf`. */
  mos: number;
}

type Heard = Pick<RtpPacket, 'payloadType' | 'sequence' | 'timestamp' | 'ssrc'>;

/** Of G.711. */
const samplesPerMs = 8;
const audioTypes = [0, 8];
/** A sequence number that jumps so far is a sender that began anew. */
const jump = 3000;

/** Counts one party's packets as RFC 3550, appendices A.3 and A.8, has it. */
export class StreamQuality {
  #packets = 0;
  /** Of streams that are over. */
  #expectedBefore = 0;
  #stream: { ssrc: number; first: number; highest: number } | undefined;
  #last: { timestamp: number; atMs: number } | undefined;
  #jitterMs = 0;
  #jitterSum = 0;
  #jitters = 0;

  /** @param atMs when it came, on any clock that does not jump. */
  add({ payloadType, sequence, timestamp, ssrc }: Heard, atMs: number): void {
    this.#packets += 1;
    this.#count(sequence, ssrc);
    // A telephone event keeps its first packet's timestamp (RFC 4733, section 2.2).
    if (audioTypes.includes(payloadType)) this.#time(timestamp, atMs);
  }

  /** Undefined when nothing came. */
  get quality(): Quality | undefined {
    if (this.#packets === 0) return undefined;
    const expected = this.#expectedBefore + this.#expectedNow;
    // What came twice makes up for what did not come, as in RFC 3550.
    const loss = Math.max(0, 1 - this.#packets / expected);
    const jitterMs = this.#jitterSum / Math.max(1, this.#jitters);
    return { packets: this.#packets, loss, jitterMs, mos: mosOf(loss) };
  }

  get #expectedNow(): number {
    return this.#stream === undefined ? 0 : this.#stream.highest - this.#stream.first + 1;
  }

  #time(timestamp: number, atMs: number): void {
    if (this.#last !== undefined) {
      // Signed, modulo 2^32.
      const sentMs = ((timestamp - this.#last.timestamp) | 0) / samplesPerMs;
      const difference = Math.abs(atMs - this.#last.atMs - sentMs);
      this.#jitterMs += (difference - this.#jitterMs) / 16;
      this.#jitterSum += this.#jitterMs;
      this.#jitters += 1;
    }
    this.#last = { timestamp, atMs };
  }

  #count(sequence: number, ssrc: number): void {
    const stream = this.#stream;
    // Signed distance from the highest one so far, modulo 2^16.
    const distance = stream === undefined ? 0 : ((sequence - stream.highest) << 16) >> 16;
    if (stream?.ssrc === ssrc && Math.abs(distance) < jump) {
      stream.highest = Math.max(stream.highest, stream.highest + distance);
      return;
    }
    this.#expectedBefore += this.#expectedNow;
    this.#stream = { ssrc, first: sequence, highest: sequence };
    this.#last = undefined;
  }
}

/**
 * Listening quality (MOS-LQ, RFC 3611, section 4.7.5) by the E-model, ITU-T G.107: R of a connection that is otherwise at its default values, less the
 * effect of random loss on G.711 with concealment (Ie 0, Bpl 25.1; G.113, appendix I). Delay is not in it: one who listens in does not know it.
 */
export function mosOf(loss: number): number {
  const percent = loss * 100;
  const rating = 93.2 - (95 * percent) / (percent + 25.1);
  if (rating <= 0) return 1;
  return 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
}
