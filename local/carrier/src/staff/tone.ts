import { frameSamples } from '@vestibule/local-telephony';

const rate = 8000;

/** A sound that no speech and no other tone can be taken for: who hears it, and from when, can be told to the frame. */
export function toneFrames(hz: number, amplitude = 1500): () => Int16Array {
  let at = 0;
  return () =>
    Int16Array.from({ length: frameSamples }, () =>
      Math.round(amplitude * Math.sin((2 * Math.PI * hz * at++) / rate)),
    );
}

/** So much of it, at 8 kHz, about as loud as speech. */
export function toneSamples(hz: number, ms: number, amplitude = 8000): Int16Array {
  const frame = toneFrames(hz, amplitude);
  const samples = new Int16Array((ms * rate) / 1000);
  for (let at = 0; at < samples.length; at += frameSamples)
    samples.set(frame().subarray(0, samples.length - at), at);
  return samples;
}

/** Share of the power of `samples` (8 kHz) that is a tone of `hz`, 0 to 1 (Goertzel); 0 in silence. */
export function toneIn(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [last, before, total] = [0, 0, 0];
  for (const sample of samples) {
    [last, before] = [sample + coefficient * last - before, last];
    total += sample * sample;
  }
  const power = last * last + before * before - coefficient * last * before;
  return total < samples.length * quiet ** 2 ? 0 : Math.min(1, (2 * power) / (samples.length * total));
}

/** Below it a frame is silence, root mean square. */
const quiet = 30;

/**
 * Where in `samples` the tone begins that is heard for `frames` frames of 20 ms on end, ms; undefined when it never is. Speech passes through any frequency
 * too, but does not stay there.
 */
export function toneStart(samples: Int16Array, hz: number, frames = 10): number | undefined {
  let run = 0;
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    run = toneIn(samples.subarray(at, at + frameSamples), hz) > 0.6 ? run + 1 : 0;
    if (run === frames) return (at / frameSamples - frames + 1) * 20;
  }
  return undefined;
}
