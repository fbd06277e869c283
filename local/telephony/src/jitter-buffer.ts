import { DelayTrimmer } from './delay-trimmer.ts';
import { circularDistance } from './rtp-packet.ts';

interface Chunk {
  /** In samples since the stream's first packet. */
  at: number;
  samples: Int16Array;
}

export interface JitterBufferOptions {
  /** Samples held back before the first one plays, and after it ran dry. 60 ms at 8 kHz by default. */
  depth?: number;
  /** More than this waiting is dropped down to `depth`. 240 ms by default. */
  limit?: number;
}

/**
 * Puts audio back in order. Pure: `push` as packets come, `pull` at a steady pace. It goes by RTP timestamps, not by
 * sequence numbers, because telephone-event packets share the sequence and comfort-noise gaps skip timestamps. What
 * a stall or a burst leaves waiting beyond the depth goes again, a frame at a time.
 */
export class JitterBuffer {
  readonly #depth: number;
  readonly #limit: number;
  readonly #trimmer = new DelayTrimmer();
  #chunks: Chunk[] = [];
  #origin: number | undefined;
  #ssrc: number | undefined;
  #newest = 0;
  #cursor = 0;
  #filling = true;
  /** Packets that came after their place had been played. */
  late = 0;
  /** Samples played as silence while later ones were already there. */
  concealed = 0;
  /** Samples left out to win back a delay. */
  trimmed = 0;

  constructor({ depth = 480, limit = 1920 }: JitterBufferOptions = {}) {
    this.#depth = depth;
    this.#limit = limit;
  }

  /** Samples waiting to be played. */
  get waiting(): number {
    return this.#chunks.length === 0 ? 0 : this.#newest - Math.min(this.#cursor, this.#newest);
  }

  push(packet: { timestamp: number; ssrc: number; samples: Int16Array }): void {
    const at = this.#place(packet);
    const end = at + packet.samples.length;
    if (!this.#filling && end <= this.#cursor) {
      this.late++;
      return;
    }
    const index = this.#chunks.findLastIndex((chunk) => chunk.at <= at);
    if (this.#chunks[index]?.at === at) return;
    this.#chunks.splice(index + 1, 0, { at, samples: packet.samples });
    this.#newest = Math.max(this.#newest, end);
    if (!this.#filling && this.#newest - this.#cursor > this.#limit) this.#skipTo(this.#newest - this.#depth);
  }

  /** The next `count` samples, silence where there are none. */
  pull(count: number): Int16Array {
    if (this.#filling) {
      const first = this.#chunks[0];
      if (!first || this.#newest - first.at < this.#depth) return new Int16Array(count);
      this.#cursor = first.at;
      this.#filling = false;
    }
    const surplus = this.waiting > this.#depth;
    const next = this.#next(count);
    if (!this.#trimmer.leavesOut(surplus, next)) return next;
    this.trimmed += count;
    return this.#next(count);
  }

  #next(count: number): Int16Array {
    const out = new Int16Array(count);
    const filled = this.#copyTo(out);
    this.#skipTo(this.#cursor + count);
    if (this.#chunks.length > 0) this.concealed += count - filled;
    else if (filled < count) this.#filling = true;
    return out;
  }

  /** Where on the stream's own time line a packet stands. A new source or a jump of 10 s starts a new line. */
  #place({ timestamp, ssrc }: { timestamp: number; ssrc: number }): number {
    const at = this.#origin === undefined ? 0 : this.#newest + this.#distance(timestamp);
    if (this.#origin !== undefined && ssrc === this.#ssrc && Math.abs(at - this.#newest) < 80_000) return at;
    this.#chunks = [];
    this.#ssrc = ssrc;
    this.#origin = timestamp;
    this.#newest = 0;
    this.#cursor = 0;
    this.#filling = true;
    return 0;
  }

  #distance(timestamp: number): number {
    return circularDistance((this.#origin! + this.#newest) >>> 0, timestamp, 32);
  }

  #copyTo(out: Int16Array): number {
    let filled = 0;
    for (const { at, samples } of this.#chunks) {
      const start = Math.max(at, this.#cursor);
      const end = Math.min(at + samples.length, this.#cursor + out.length);
      if (start >= end) continue;
      out.set(samples.subarray(start - at, end - at), start - this.#cursor);
      filled += end - start;
    }
    return filled;
  }

  #skipTo(cursor: number): void {
    this.#cursor = cursor;
    this.#chunks = this.#chunks.filter(({ at, samples }) => at + samples.length > cursor);
  }
}
