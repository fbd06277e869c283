import { CodedError } from '@vestibule/core';
import { decodeG711, type G711Name } from '@vestibule/local-telephony';
import { resample } from './resample.ts';

const pcm = 1;
const float = 3;
const g711: Record<number, G711Name> = { 6: 'PCMA', 7: 'PCMU' };
const extensible = 0xfffe;

/** Widths of a sample in bits that each encoding has. */
const widths: Record<number, readonly number[]> = {
  [pcm]: [8, 16, 24, 32],
  [float]: [32, 64],
  6: [8],
  7: [8],
};

export interface Wav {
  rate: number;
  /** One array per channel, 16-bit. */
  channels: Int16Array[];
}

/**
 * Reads RIFF WAVE: PCM of 8, 16, 24 or 32 bits, float of 32 or 64, G.711 of both laws, any rate and number of channels. A
 * data chunk that claims more than there is, or nothing at all (streamed files, unknown length), ends where the file does.
 * @throws CodedError `bad-wav`.
 */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length >= 12 && tag(0) === 'RIFX')
    throw bad('is RIFX, the big-endian kind of WAVE; convert it first (sox in.wav -L out.wav)');
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw bad('is no RIFF WAVE file');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ') format = readFormat(view, body, size);
    if (tag(at) === 'data') {
      if (!format) throw bad('has its data before its format');
      const rest = bytes.length - body;
      return readData(view, body, size === 0 ? rest : Math.min(size, rest), format);
    }
    at = body + size + (size % 2);
  }
  throw bad(format ? 'holds no sound: it has no data chunk' : 'ends in the middle of its header');
}

/** A recording as the telephone takes it: all channels mixed into one, 8 kHz. */
export function telephoneSamples(wav: Wav): Int16Array {
  const [first = new Int16Array(0), ...rest] = wav.channels;
  const mono =
    rest.length === 0
      ? first
      : first.map((sample, i) =>
          Math.round(rest.reduce((sum, channel) => sum + (channel[i] ?? 0), sample) / (rest.length + 1)),
        );
  return resample(mono, wav.rate, 8000);
}

/** A 16-bit file; channels are padded with silence to the longest. */
export function writeWav({ rate, channels }: Wav): Uint8Array {
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  const size = length * channels.length * 2;
  const bytes = new Uint8Array(44 + size);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) => bytes.set(Buffer.from(text, 'latin1'), at);
  tag(0, 'RIFF');
  view.setUint32(4, 36 + size, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels.length * 2, true);
  view.setUint16(32, channels.length * 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, size, true);
  for (let i = 0; i < length; i += 1) {
    for (const [c, channel] of channels.entries()) {
      view.setInt16(44 + (i * channels.length + c) * 2, channel[i] ?? 0, true);
    }
  }
  return bytes;
}

interface Format {
  code: number;
  channels: number;
  rate: number;
  bits: number;
}

function readFormat(view: DataView, at: number, size: number): Format {
  const room = Math.min(size, view.byteLength - at);
  const code = room >= 16 ? view.getUint16(at, true) : 0;
  if (room < (code === extensible ? 26 : 16)) throw bad('ends in the middle of its header');
  const format = {
    // In the extensible form the real code stands at the head of the sub-format's GUID.
    code: code === extensible ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  const possible = widths[format.code];
  if (!possible) throw bad(`has encoding ${format.code}, which is neither PCM nor float nor G.711`);
  if (!possible.includes(format.bits)) throw bad(`has samples of ${format.bits} bits`);
  if (format.channels === 0 || format.rate < 4000) throw bad('names no channels or no sensible rate');
  return format;
}

function readData(view: DataView, at: number, size: number, format: Format): Wav {
  const width = format.bits / 8;
  const frames = Math.floor(size / (width * format.channels));
  if (frames === 0) throw bad('holds no sound');
  const sample = reader(view, format);
  const channels = Array.from({ length: format.channels }, (_, c) =>
    Int16Array.from({ length: frames }, (_, i) => sample(at + (i * format.channels + c) * width)),
  );
  return { rate: format.rate, channels };
}

function reader(view: DataView, { code, bits }: Format): (at: number) => number {
  const law = g711[code];
  if (law) {
    const linear = decodeG711(
      law,
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
    );
    return (at) => linear[view.getUint8(at)] ?? 0;
  }
  if (code === float) {
    const read = (at: number) => (bits === 64 ? view.getFloat64(at, true) : view.getFloat32(at, true));
    return (at) => Math.round(Math.max(-1, Math.min(1, read(at))) * 32767);
  }
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) << 8;
    case 16:
      return (at) => view.getInt16(at, true);
    case 24:
      return (at) => view.getInt16(at + 1, true);
    default:
      return (at) => view.getInt16(at + 2, true);
  }
}

function bad(why: string): CodedError {
  return new CodedError('bad-wav', why);
}
