/** Zero crossings of the windowed sinc on each side: 16 keep images below −60 dB on speech. */
const crossings = 16;

/**
 * Changes the sampling rate by windowed-sinc interpolation; going down, everything above the new half rate is filtered
 * away first (same kernel, stretched). For whole recordings, not for streams.
 */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples;
  const out = new Int16Array(Math.round((samples.length * to) / from));
  const cutoff = Math.min(1, to / from);
  const reach = crossings / cutoff;
  for (let i = 0; i < out.length; i += 1) {
    const centre = (i * from) / to;
    let sum = 0;
    for (let j = Math.ceil(centre - reach); j <= centre + reach; j += 1) {
      const sample = samples[j];
      if (sample !== undefined && sample !== 0) sum += sample * kernel((j - centre) * cutoff) * cutoff;
    }
    out[i] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return out;
}

/** sinc(x) under a Hann window of `crossings` on each side. */
function kernel(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= crossings) return 0;
  const phase = Math.PI * x;
  return (Math.sin(phase) / phase) * (0.5 + 0.5 * Math.cos(phase / crossings));
}
