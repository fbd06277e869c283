import { frameSamples, g711SampleRate } from '@vestibule/local-telephony';

const toneHz = 440;
const toneSteps = 25;
const roundSteps = 250;

/** Takes digits up to `#`, and asks for them by half a second of tone every five seconds (the official service speaks). */
export class PinEntry {
  #digits = '';
  #step = 0;
  readonly #done = Promise.withResolvers<string>();
  /** The digits before `#`. */
  readonly entered: Promise<string> = this.#done.promise;

  press(digit: string): void {
    if (digit === '#') this.#done.resolve(this.#digits);
    else this.#digits += digit;
  }

  /** The prompt's next 20 ms, or undefined in its pauses. */
  prompt(): Int16Array | undefined {
    const step = this.#step++ % roundSteps;
    if (step >= toneSteps || this.#digits !== '') return undefined;
    const start = step * frameSamples;
    const turn = (2 * Math.PI * toneHz) / g711SampleRate;
    return Int16Array.from({ length: frameSamples }, (_, i) => 6000 * Math.sin(turn * (start + i)));
  }
}
