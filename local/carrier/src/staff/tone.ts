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

/** Over so many samples a tone adds up, and speech that passes through its frequency does not. */
const coherent = 3200;

/**
 * Where in `samples` (8 kHz) a tone of `toneFrames` begins that stays for 400 ms, ms; undefined when none does. It is found under speech
 * several times as loud: over 400 ms only what keeps its frequency and its phase adds up.
 */
export function toneStart(samples: Int16Array, hz: number, amplitude = 1500): number | undefined {
  const { re, im } = demodulated(samples, hz);
  const isThere = (at: number) =>
    Math.hypot(re[at + coherent]! - re[at]!, im[at + coherent]! - im[at]!) > (amplitude * coherent) / 4;
  let run = 0;
  for (let at = 0; at + coherent <= samples.length; at += frameSamples) {
    run = isThere(at) ? run + 1 : 0;
    // Half a window in the tone is where it is first told.
    if (run * frameSamples === coherent) return (at - coherent / 2 + frameSamples) / (rate / 1000);
  }
  return undefined;
}

/** Sums, from the beginning to each sample, of `samples` turned back by `hz`. */
function demodulated(samples: Int16Array, hz: number) {
  const re = new Float64Array(samples.length + 1);
  const im = new Float64Array(samples.length + 1);
  samples.forEach((sample, at) => {
    const angle = (2 * Math.PI * hz * at) / rate;
    re[at + 1] = re[at]! + sample * Math.cos(angle);
    im[at + 1] = im[at]! - sample * Math.sin(angle);
  });
  return { re, im };
}
