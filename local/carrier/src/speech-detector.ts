/** A frame of this root mean square is taken for speech: −45 dBFS, above a codec's noise, below a quiet voice. */
const speechLevel = 184;
/** Of so many frames … */
const windowFrames = 4;
/** … this many must be speech for it to have begun: a click is none. */
const neededFrames = 3;
/** Pauses between words are shorter than this. */
const hangoverFrames = 15;

export type SpeechEdge =
  | { kind: 'start'; frame: number }
  /** `frame` is the last one with speech; the edge is known 300 ms later. */
  | { kind: 'end'; frame: number };

/** Finds where speech starts and ends by energy, frame by frame (20 ms, 160 samples). Pure: frames are its clock. */
export class SpeechDetector {
  #frame = -1;
  #recent: number[] = [];
  #last = -1;
  #speaking = false;

  get speaking(): boolean {
    return this.#speaking;
  }

  push(samples: Int16Array): SpeechEdge | undefined {
    this.#frame += 1;
    if (rms(samples) >= speechLevel) {
      this.#last = this.#frame;
      this.#recent.push(this.#frame);
    }
    this.#recent = this.#recent.filter((frame) => frame > this.#frame - windowFrames);
    if (!this.#speaking && this.#recent.length >= neededFrames) {
      this.#speaking = true;
      return { kind: 'start', frame: this.#recent[0] ?? this.#frame };
    }
    if (this.#speaking && this.#frame - this.#last >= hangoverFrames) {
      this.#speaking = false;
      return { kind: 'end', frame: this.#last };
    }
    return undefined;
  }
}

export function rms(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
