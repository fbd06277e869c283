/** A recogniser's word times and the detector's differ by so much, ms. */
const apartMs = 250;

/** Whether the caller speaks, as the voice activity detector has it. Times are ms on the call's clock. */
export class CallerSilence {
  /** Told when the caller falls silent. */
  onSilence: (() => void) | undefined;
  #sinceMs: number | undefined;

  spoke(): void {
    this.#sinceMs = undefined;
  }

  fellSilent(sinceMs: number): void {
    this.#sinceMs = sinceMs;
    this.onSilence?.();
  }

  /** Words that end there are the last before a silence: nothing that was spoken after them is still to be transcribed. */
  follows(endMs: number): boolean {
    return this.#sinceMs !== undefined && endMs >= this.#sinceMs - apartMs;
  }
}
