const bias = 0x84;
const clipAt = 32635;

/** What is left of samples after G.711 µ-law, there and back. */
export function throughMuLaw(samples: Int16Array): Int16Array {
  return samples.map((sample) => decode(encode(sample)));
}

function encode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), clipAt) + bias;
  const exponent = Math.max(0, 24 - Math.clz32(magnitude));
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

function decode(code: number): number {
  const bits = ~code & 0xff;
  const exponent = (bits >> 4) & 7;
  const magnitude = (((bits & 0x0f) << 3) + bias) << exponent;
  return bits & 0x80 ? bias - magnitude : magnitude - bias;
}
