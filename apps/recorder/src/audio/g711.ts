/** G.711 (ITU-T G.711, tables 1a and 2a): µ-law is what recordings are kept in until they are sealed. */

/** µ-law's zero. */
export const silence = 0xff;

/** Static payload types (RFC 3551, table 4) that audio may come in. */
export const codecs: Readonly<Record<number, 'PCMU' | 'PCMA'>> = { 0: 'PCMU', 8: 'PCMA' };

const muLawToLinear = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
});

const aLawToLinear = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const [segment, mantissa] = [(bits & 0x70) >> 4, (bits & 0x0f) << 4];
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
});

/** The µ-law code nearest to each A-law code. */
const aLawToMuLaw = Uint8Array.from({ length: 256 }, (_, code) => nearestMuLaw(aLawToLinear[code]!));

function nearestMuLaw(value: number): number {
  let nearest = silence;
  for (let code = 0; code < 256; code++)
    if (Math.abs(muLawToLinear[code]! - value) < Math.abs(muLawToLinear[nearest]! - value)) nearest = code;
  return nearest;
}

/** 16-bit linear samples of µ-law. */
export function decodeMuLaw(codes: Uint8Array): Int16Array {
  return Int16Array.from(codes, (code) => muLawToLinear[code]!);
}

/** µ-law of a payload; undefined when its type is none that is recorded. */
export function toMuLaw(payloadType: number, payload: Uint8Array): Uint8Array | undefined {
  switch (codecs[payloadType]) {
    case 'PCMU':
      return payload;
    case 'PCMA':
      return payload.map((code) => aLawToMuLaw[code]!);
    case undefined:
      return undefined;
  }
}
