/** The tone after which a machine records: one frequency, steadier than any voice. */

/** How much of the power one frequency must have. */
const purest = 0.8;
/** How long it must be heard, ms, in steps of a window. */
const windowMs = 100;
const windows = 2;
/** From one window to the next, Hz. */
const drift = 12;
/** Hz: lower is a voice. */
const lowest = 350;
/** Below it there is silence, root mean square. */
const quiet = 150;

export class BeepDetector {
  readonly #sampleRate: number;
  readonly #window: Int16Array;
  #filled = 0;
  #hz = 0;
  #steady = 0;

  /** Hz. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#window = new Int16Array((sampleRate * windowMs) / 1000);
  }

  /** @returns whether a tone has just been recognised. */
  hear(samples: Int16Array): boolean {
    let isTone = false;
    for (const sample of samples) {
      this.#window[this.#filled++] = sample;
      if (this.#filled < this.#window.length) continue;
      this.#filled = 0;
      const hz = toneOf(this.#window, this.#sampleRate);
      const isSame = hz !== undefined && Math.abs(hz - this.#hz) <= drift;
      this.#steady = hz === undefined ? 0 : isSame ? this.#steady + 1 : 1;
      this.#hz = hz ?? 0;
      isTone ||= this.#steady === windows;
    }
    return isTone;
  }
}

/** Hz of the one frequency that has nearly all of the power, if one has. */
function toneOf(samples: Int16Array, sampleRate: number): number | undefined {
  let [cross, square] = [0, 0];
  for (let n = 2; n < samples.length; n++) {
    cross += (samples[n]! + samples[n - 2]!) * samples[n - 1]!;
    square += samples[n - 1]! ** 2;
  }
  if (square < samples.length * quiet ** 2) return undefined;
  // Of a sine x[n] + x[n-2] = 2 cos(ω) x[n-1]: near enough to look around it.
  const about = (Math.acos(Math.max(-1, Math.min(1, cross / square / 2))) * sampleRate) / (2 * Math.PI);
  let best = { hz: 0, share: 0 };
  for (let hz = about - 60; hz <= about + 30; hz += 3) {
    const share = shareAt(samples, hz, sampleRate, square);
    if (share > best.share) best = { hz, share };
  }
  return best.share >= purest && best.hz >= lowest ? best.hz : undefined;
}

/** Goertzel. */
function shareAt(samples: Int16Array, hz: number, sampleRate: number, square: number): number {
  const twice = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + twice * last - before, last];
  return (2 * (last * last + before * before - twice * last * before)) / (samples.length * square);
}
