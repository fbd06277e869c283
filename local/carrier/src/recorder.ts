import { writeWav } from './wav.ts';

/** Both directions of a call, frame by frame: left what the caller sent, right what the caller heard at that moment. */
export class Recorder {
  readonly #caller: Int16Array[] = [];
  readonly #agent: Int16Array[] = [];

  sent(frame: Int16Array): void {
    this.#caller.push(frame);
  }

  heard(frame: Int16Array): void {
    this.#agent.push(frame);
  }

  /** 8 kHz, 16 bit, two channels. */
  wav(): Uint8Array {
    return writeWav({ rate: 8000, channels: [joined(this.#caller), joined(this.#agent)] });
  }
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}
