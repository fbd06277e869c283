import { frameSamples } from '@vestibule/local-telephony';
import { toneSamples } from './staff/tone.ts';
import type { Step } from './steps.ts';
import type { Voice } from './voice.ts';

export interface MouthHooks {
  onSay(text: string): void;
  pressKeys(digits: string): void;
  pressing(): boolean;
  hangUp(): void;
  onError(error: unknown): void;
}

/** Carries out steps one after the other, a frame of 20 ms at a time. */
export class Mouth {
  readonly #voice: Voice;
  readonly #hooks: MouthHooks;
  #steps: Step[] = [];
  #samples: Int16Array | undefined;
  #at = 0;
  #pauseMs = 0;
  #waiting = false;

  constructor(voice: Voice, hooks: MouthHooks) {
    this.#voice = voice;
    this.#hooks = hooks;
  }

  /** True while anything is being said, keyed, or thought about. */
  get busy(): boolean {
    return this.#steps.length > 0 || this.#samples !== undefined || this.#pauseMs > 0 || this.#waiting;
  }

  perform(steps: readonly Step[]): void {
    this.#steps.push(...steps);
  }

  /** Plays ready samples, after everything that waits. */
  play(samples: Int16Array): void {
    this.#samples = samples;
    this.#at = 0;
  }

  /** The next 160 samples at 8 kHz, undefined for silence. */
  nextFrame(): Int16Array | undefined {
    if (this.#samples) return this.#frameOf(this.#samples);
    if (this.#pauseMs > 0) {
      this.#pauseMs -= 20;
      return undefined;
    }
    if (this.#waiting) {
      this.#waiting = this.#hooks.pressing();
      return undefined;
    }
    const step = this.#steps.shift();
    if (step) this.#begin(step);
    return this.#samples ? this.#frameOf(this.#samples) : undefined;
  }

  #begin(step: Step): void {
    switch (step.kind) {
      case 'pause':
        this.#pauseMs = step.ms;
        return;
      case 'tone':
        return this.play(toneSamples(step.hz, step.ms));
      case 'keys':
        this.#hooks.pressKeys(step.digits);
        this.#waiting = true;
        return;
      case 'hangUp':
        this.#hooks.hangUp();
        return;
      case 'say':
        void this.#say(step.text);
    }
  }

  /** Nothing else begins while the voice is being made: the empty recording stands for it. */
  async #say(text: string): Promise<void> {
    this.play(new Int16Array(0));
    const placeholder = this.#samples;
    this.#at = -1;
    try {
      const samples = await this.#voice.speak(text);
      if (this.#samples !== placeholder) return;
      this.#hooks.onSay(text);
      this.play(samples);
    } catch (error) {
      this.#samples = undefined;
      this.#hooks.onError(error);
    }
  }

  #frameOf(samples: Int16Array): Int16Array | undefined {
    if (this.#at < 0) return undefined;
    const frame = new Int16Array(frameSamples);
    frame.set(samples.subarray(this.#at, this.#at + frameSamples));
    this.#at += frameSamples;
    if (this.#at >= samples.length) this.#samples = undefined;
    return frame;
  }
}
