import { silence } from './g711.ts';

/** Of G.711. */
export const samplesPerMs = 8;
/** A packet may be this late before its place is closed, ms. */
export const latenessMs = 500;
/** How far audio may be from where its arrival would put it, ms: clocks of two machines run apart. */
const driftMs = 40;
/** What comes before it was said shows that the packet to which the stream is tied was late, by more than jitter's start, ms. */
const earlyMs = 10;
/** Drift is measured over so much time, ms: the packet that was under way for the shortest time counts. */
const windowMs = 5000;
/** A timestamp that is so far from its arrival begins a new stream, ms. */
const jumpMs = 2000;

/** One packet's audio as it arrived. */
export interface Arrival {
  /** Milliseconds since the call's first entry. */
  atMs: number;
  ssrc: number;
  timestamp: number;
  muLaw: Uint8Array;
}

/** From sample to sample, the second one not included. */
export type Span = readonly [from: number, to: number];

/** A stretch of one party's audio, and where in it nothing came: that is silence which nobody sent. */
export interface Taken {
  muLaw: Uint8Array;
  missing: Span[];
}

/**
 * One party's audio on the call's clock: sample n was said at n / 8 ms after the call's first entry. Packets lie where their timestamps put them,
 * in whatever order they come; what never came is silence. The stream's clock is tied to ours by the first packet, tied anew by one
 * that was under way for a shorter time, and when it has drifted away.
 */
export class Timeline {
  /** Closed up to here: what comes later for a place before is lost. */
  #closed: number;
  #open = new Uint8Array(0);
  /** Which samples of it came. */
  #came = new Uint8Array(0);
  #stream: { ssrc: number; timestamp: number; sample: number } | undefined;
  #least = { untilMs: 0, samples: Infinity };
  /** Packets that came too late, or for a time before the recording. */
  late = 0;

  constructor(fromSample: number) {
    this.#closed = fromSample;
  }

  add(arrival: Arrival): void {
    const sample = this.#placeOf(arrival);
    if (sample < this.#closed) this.late += 1;
    this.#write(sample, arrival.muLaw);
    this.#watchDrift(arrival, sample);
  }

  /** Takes what lies before `sample`; nothing can be added there any more. */
  take(sample: number): Taken {
    const from = this.#closed;
    const length = Math.max(0, sample - from);
    const muLaw = new Uint8Array(length).fill(silence);
    const came = new Uint8Array(length);
    muLaw.set(this.#open.subarray(0, length));
    came.set(this.#came.subarray(0, length));
    this.#open = this.#open.slice(length);
    this.#came = this.#came.slice(length);
    this.#closed += length;
    return { muLaw, missing: missingIn(came, from) };
  }

  #placeOf({ atMs, ssrc, timestamp }: Arrival): number {
    const arrived = Math.round(atMs * samplesPerMs);
    if (this.#stream?.ssrc === ssrc) {
      const last = this.#stream;
      // Signed: an earlier packet may come later.
      const distance = (timestamp - last.timestamp) | 0;
      const early = last.sample + distance - arrived;
      if (Math.abs(early) <= jumpMs * samplesPerMs) {
        const tie = last.sample - (early > earlyMs * samplesPerMs ? early : 0);
        const isNewer = distance > 0;
        this.#stream = isNewer ? { ssrc, timestamp, sample: tie + distance } : { ...last, sample: tie };
        return tie + distance;
      }
    }
    this.#stream = { ssrc, timestamp, sample: arrived };
    this.#least = { untilMs: atMs + windowMs, samples: Infinity };
    return arrived;
  }

  #write(sample: number, muLaw: Uint8Array): void {
    const skipped = Math.max(0, this.#closed - sample);
    const part = muLaw.subarray(skipped);
    if (part.length === 0) return;
    const offset = sample + skipped - this.#closed;
    if (offset + part.length > this.#open.length) this.#grow(offset + part.length);
    this.#open.set(part, offset);
    this.#came.fill(1, offset, offset + part.length);
  }

  #grow(length: number): void {
    // Half a second more than is needed: packets come one after the other.
    const grown = new Uint8Array(length + 500 * samplesPerMs).fill(silence);
    grown.set(this.#open);
    this.#open = grown;
    const came = new Uint8Array(grown.length);
    came.set(this.#came);
    this.#came = came;
  }

  #watchDrift({ atMs }: Arrival, sample: number): void {
    this.#least.samples = Math.min(this.#least.samples, atMs * samplesPerMs - sample);
    if (atMs < this.#least.untilMs) return;
    const drift = Math.round(this.#least.samples);
    if (Math.abs(drift) > driftMs * samplesPerMs && this.#stream)
      this.#stream = { ...this.#stream, sample: this.#stream.sample + drift };
    this.#least = { untilMs: atMs + windowMs, samples: Infinity };
  }
}

function missingIn(came: Uint8Array, from: number): Span[] {
  const missing: Span[] = [];
  for (let at = came.indexOf(0); at !== -1;) {
    const next = came.indexOf(1, at);
    const end = next === -1 ? came.length : next;
    missing.push([from + at, from + end]);
    at = next === -1 ? -1 : came.indexOf(0, next);
  }
  return missing;
}
