/** A surplus that lasts for this many frames (1 s) is a delay, not jitter. */
const patience = 50;
/** Frames (1 s) for which a quiet one is waited for after that; then a loud one goes. */
const extraPatience = 50;
/** Samples up to here are a telephone line's own noise: −42 dBov. */
const quietPeak = 256;

/**
 * Takes out the delay that a stall or a burst leaves in a queue of audio: asked once per frame, it says which one to
 * leave out. One frame a second, so that nobody hears it; a surplus that comes and goes is jitter and stays. Pure.
 */
export class DelayTrimmer {
  #frames = 0;

  /** @param surplus whether more is waiting than the queue needs; `next` is the frame that would play now. */
  leavesOut(surplus: boolean, next: Int16Array): boolean {
    this.#frames = surplus ? this.#frames + 1 : 0;
    if (this.#frames < patience) return false;
    if (this.#frames < patience + extraPatience && !isQuiet(next)) return false;
    this.#frames = 0;
    return true;
  }
}

function isQuiet(samples: Int16Array): boolean {
  return samples.every((sample) => Math.abs(sample) <= quietPeak);
}
