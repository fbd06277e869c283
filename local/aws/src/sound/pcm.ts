/** Sound as 16-bit mono samples at a rate in Hz. */
export interface Sound {
  readonly rate: number;
  readonly samples: Int16Array;
}

/**
 * The samples of a RIFF/WAVE file with one channel of 16-bit PCM. Lengths in the header are not trusted: programs that
 * write to a pipe leave them open.
 */
export function readWav(file: Buffer): Sound {
  const data = file.indexOf('data', 12, 'latin1');
  if (file.length < 44 || data < 0) return { rate: 16000, samples: new Int16Array() };
  const rate = file.readUInt32LE(24);
  const start = data + 8;
  const count = Math.floor((file.length - start) / 2);
  const samples = new Int16Array(count);
  for (let i = 0; i < count; i++) samples[i] = file.readInt16LE(start + 2 * i);
  return { rate, samples };
}

/** Little-endian bytes of samples, as `pcm` asks for. */
export function pcmBytes(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (let i = 0; i < samples.length; i++) bytes.writeInt16LE(samples[i]!, 2 * i);
  return bytes;
}

/** Peak to aim for: about -3 dBFS, so that G.711 neither clips nor loses the quiet consonants. */
const targetPeak = 0.7 * 32767;
const loudestGain = 4;
const silenceLevel = 250;
const leadMs = 20;
const tailMs = 60;
const fadeMs = 5;

/** Cuts the silence around speech to a few milliseconds, brings it to one loudness, and fades its edges. */
export function tidy({ rate, samples }: Sound): Sound {
  const first = samples.findIndex((sample) => Math.abs(sample) > silenceLevel);
  if (first < 0) return { rate, samples: new Int16Array() };
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silenceLevel);
  const from = Math.max(0, first - Math.round((rate * leadMs) / 1000));
  const until = Math.min(samples.length, last + Math.round((rate * tailMs) / 1000));
  const out = samples.slice(from, until);
  const peak = out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = Math.min(loudestGain, targetPeak / peak);
  const fade = Math.min(Math.round((rate * fadeMs) / 1000), out.length >> 1);
  for (let i = 0; i < out.length; i++) {
    const edge = Math.min(1, (i + 1) / fade, (out.length - i) / fade);
    out[i] = clip(out[i]! * gain * edge);
  }
  return { rate, samples: out };
}

export function silence(rate: number, ms: number): Sound {
  return { rate, samples: new Int16Array(Math.round((rate * ms) / 1000)) };
}

/** Rounds to a sample, limited to 16 bits. */
export function clip(value: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(value)));
}
