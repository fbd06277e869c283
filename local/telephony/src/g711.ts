/** The two G.711 laws, by their RTP encoding names (RFC 3551 §4.5.14). */
export type G711Name = 'PCMU' | 'PCMA';

/** 8,000 samples a second, both laws. */
export const g711SampleRate = 8000;

function linearFromMulaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

function linearFromAlaw(byte: number): number {
  const bits = byte ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? mantissa : (mantissa + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

/** Segment of a companded magnitude: position of the highest set bit at or above `lowest`. */
function segmentOf(magnitude: number, lowest: number): number {
  return Math.max(0, 31 - Math.clz32(magnitude) - lowest);
}

function mulawFromLinear(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
  const segment = segmentOf(magnitude, 7);
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

function alawFromLinear(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : ~sample, 32767);
  const segment = magnitude < 256 ? 0 : segmentOf(magnitude, 7);
  const mantissa = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
  return (sign | (segment << 4) | mantissa) ^ 0x55;
}

// A table costs 64 KiB a law and makes a sample one look-up; ten calls are 160,000 samples a second.
const decoders: Record<G711Name, Int16Array> = {
  PCMU: Int16Array.from({ length: 256 }, (_, byte) => linearFromMulaw(byte)),
  PCMA: Int16Array.from({ length: 256 }, (_, byte) => linearFromAlaw(byte)),
};
const encoders: Record<G711Name, Uint8Array> = {
  PCMU: Uint8Array.from({ length: 65536 }, (_, word) => mulawFromLinear((word << 16) >> 16)),
  PCMA: Uint8Array.from({ length: 65536 }, (_, word) => alawFromLinear((word << 16) >> 16)),
};

/** The byte that decodes to (nearly) nothing; what is sent while nobody speaks. */
export const g711Silence: Record<G711Name, number> = { PCMU: 0xff, PCMA: 0xd5 };

/** 16-bit linear samples from G.711 bytes, one to one. */
export function decodeG711(name: G711Name, payload: Uint8Array): Int16Array {
  const table = decoders[name];
  const samples = new Int16Array(payload.length);
  for (let i = 0; i < payload.length; i++) samples[i] = table[payload[i]!]!;
  return samples;
}

/** G.711 bytes from 16-bit linear samples, one to one. */
export function encodeG711(name: G711Name, samples: Int16Array): Uint8Array {
  const table = encoders[name];
  const payload = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) payload[i] = table[samples[i]! & 0xffff]!;
  return payload;
}
