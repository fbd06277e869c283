import { AudioFeed } from './audio-feed.ts';
import type { GateOptions, VoiceWindow } from './speech-gate.ts';
import { SpeechGate } from './speech-gate.ts';

export interface LineOptions {
  /** Hz of 16-bit mono PCM. */
  sampleRate: number;
  /** Without it, all of the line goes to the recogniser. */
  trim?: (GateOptions & { preRollMs: number }) | undefined;
  /** Monotonic, ms. */
  now?: () => number;
}

/** Transcribe ends a stream after 15 s without audio; so often it gets a little while nobody speaks, ms. */
const keepAliveMs = 5000;
const keepAliveForMs = 100;

interface Piece {
  chunk: Uint8Array;
  atMs: number;
}

/**
 * A caller's audio on its way to the recogniser, over as many feeds as it takes: when each chunk was on the line, what of it is sent, and silence
 * where none comes.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #now: () => number;
  readonly #gate: SpeechGate | undefined;
  readonly #bytesPerMs: number;
  #feed: AudioFeed;
  /** What was on the line last and is not sent: the pre-roll. */
  #kept: Piece[] = [];
  #keptMs = 0;
  /** Where on the line the next chunk begins. */
  #position: number;
  #sentAt = -Infinity;
  /** How much more of the line goes out to keep the stream alive. */
  #aliveMs = 0;
  #isFlowing = false;
  #isGap = true;

  constructor(options: LineOptions) {
    const { sampleRate, trim, now = () => performance.now() } = options;
    this.#options = options;
    this.#now = now;
    this.#gate = trim && new SpeechGate(trim);
    this.#bytesPerMs = (sampleRate * 2) / 1000;
    this.#position = now();
    this.#feed = new AudioFeed(sampleRate);
  }

  /** A new attempt: from now on the audio goes here. @returns when that is, ms. */
  attach(feed: AudioFeed): number {
    const now = this.#now();
    this.#feed = feed;
    if (this.#isGap) this.#position = now;
    this.#sentAt = -Infinity;
    return now;
  }

  push(chunk: Uint8Array): void {
    const ms = chunk.byteLength / this.#bytesPerMs;
    const atMs = this.#place(ms);
    this.#isFlowing = true;
    this.#gate?.came(ms, this.#now());
    this.#keep({ chunk, atMs });
    this.#pass();
  }

  /** To be called every so often: silence takes the place of audio that did not come since the last time. */
  tick(): void {
    this.#isGap = !this.#isFlowing;
    this.#isFlowing = false;
    this.#gate?.settle(this.#now());
    if (!this.#isGap) return;
    if (this.#isOpen) this.#fill(this.#now());
    else if (this.#now() - this.#sentAt >= keepAliveMs) this.#send(this.#silence(keepAliveForMs));
  }

  judged(window: VoiceWindow): void {
    this.#gate?.judged(window, this.#now());
    this.#pass();
  }

  /** The recogniser gave words, up to `endMs` on the line. */
  heard(isFinal: boolean, endMs: number): void {
    this.#gate?.heard(isFinal, endMs, this.#now());
  }

  get #isOpen(): boolean {
    return this.#gate?.isOpen ?? true;
  }

  /** Chunks follow each other by their own length; but none can have ended later than it came, and what follows a gap came at once. */
  #place(ms: number): number {
    const latest = this.#now() - ms;
    if (this.#isGap && this.#isOpen) this.#fill(latest);
    const atMs = this.#isGap ? latest : Math.min(this.#position, latest);
    this.#isGap = false;
    this.#position = atMs + ms;
    return atMs;
  }

  #keep(piece: Piece): void {
    this.#kept.push(piece);
    this.#keptMs += piece.chunk.byteLength / this.#bytesPerMs;
  }

  /** What is open goes out; of what is not, the oldest is forgotten, or keeps the stream alive. */
  #pass(): void {
    const least = this.#isOpen ? 0 : (this.#options.trim?.preRollMs ?? 0);
    while (this.#kept.length > 0 && (this.#isOpen || this.#keptMs > least)) {
      const piece = this.#kept.shift()!;
      const ms = piece.chunk.byteLength / this.#bytesPerMs;
      this.#keptMs -= ms;
      if (!this.#isOpen && this.#aliveMs <= 0 && this.#now() - this.#sentAt >= keepAliveMs)
        this.#aliveMs = keepAliveForMs;
      if (this.#isOpen || this.#aliveMs > 0) this.#send(piece);
      this.#aliveMs -= ms;
    }
  }

  #fill(untilMs: number): void {
    const missing = Math.floor(untilMs - this.#position);
    if (missing <= 0) return;
    this.#send({ ...this.#silence(missing), atMs: this.#position });
    this.#position += missing;
  }

  #silence(ms: number): Piece {
    return { chunk: new Uint8Array(ms * this.#bytesPerMs), atMs: this.#now() - ms };
  }

  #send({ chunk, atMs }: Piece): void {
    this.#sentAt = this.#now();
    this.#feed.add(chunk, atMs);
  }
}
