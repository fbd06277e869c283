/** A stretch of audio as a voice activity detector judged it. */
export interface VoiceWindow {
  durationMs: number;
  /** That somebody speaks in it, 0 to 1. */
  probability: number;
}

export interface GateOptions {
  /** Silence after speech that goes out in any case, ms. */
  hangoverMs: number;
}

/** Below what interrupts an agent (0.5): a quiet beginning that goes out for nothing costs less than a word cut off. */
const speechFrom = 0.3;
/** Audio that the detector has not judged after so much more has come counts as speech, ms: nothing is withheld by a detector that is late or dead. */
const lateMs = 250;
/** A final covers speech that the detector heard end so much later, ms: it judges windows, and smooths. */
const slackMs = 300;
/**
 * The recogniser finalises on silence that it hears, and needs up to 1.9 s for it (P99, pipecat-ai/stt-benchmark): so long it gets the line
 * while a final is owed, ms. Noise that it makes no words of costs as much.
 */
const patienceMs = 3000;

/**
 * Whether the line goes to the recogniser: while somebody speaks, for the hangover after it, and until the final that covers it has come. Times
 * are ms of one clock.
 */
export class SpeechGate {
  readonly #hangoverMs: number;
  #isOpen = false;
  #unjudgedMs = 0;
  #voicedAt = -Infinity;
  #heardUntil = -Infinity;
  #isOwed = false;

  constructor({ hangoverMs }: GateOptions) {
    this.#hangoverMs = hangoverMs;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** So much more audio came, ms. */
  came(ms: number, now: number): void {
    this.#unjudgedMs += ms;
    if (this.#unjudgedMs > lateMs) this.#open(now);
  }

  judged({ durationMs, probability }: VoiceWindow, now: number): void {
    this.#unjudgedMs -= durationMs;
    if (probability >= speechFrom) this.#open(now);
    else this.settle(now);
  }

  /** The recogniser gave words, up to `endMs` on the line. */
  heard(isFinal: boolean, endMs: number, now: number): void {
    this.#isOwed = !isFinal;
    if (!isFinal) return;
    this.#heardUntil = Math.max(this.#heardUntil, endMs);
    this.settle(now);
  }

  /** Time has passed. */
  settle(now: number): void {
    const quietMs = now - this.#voicedAt;
    const isHeard = !this.#isOwed && this.#heardUntil >= this.#voicedAt - slackMs;
    if (quietMs >= Math.max(patienceMs, this.#hangoverMs) || (isHeard && quietMs >= this.#hangoverMs))
      this.#isOpen = false;
  }

  #open(now: number): void {
    this.#voicedAt = now;
    this.#isOpen = true;
  }
}
