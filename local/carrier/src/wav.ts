import { CodedError } from '@vestibule/core';
import { resample } from './resample.ts';

const pcm = 1;
const float = 3;
const mulaw = 7;
const alaw = 6;
const extensible = 0xfffe;

export interface Wav {
  rate: number;
  /** One array per channel, 16-bit. */
  channels: Int16Array[];
}

/**
 * Reads RIFF WAVE: PCM of 8, 16, 24 or 32 bits, 32-bit float, any rate and number of channels. A data chunk that
 * claims more than there is (streamed files, unknown length) ends where the file does.
 * @throws CodedError `bad-wav`.
 */
export function parseWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw bad('is no RIFF WAVE file');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ') format = readFormat(view, body);
    if (tag(at) === 'data') {
      if (!format) throw bad('has its data before its format');
      return readData(view, body, Math.min(size, bytes.length - body), format);
    }
    at = body + size + (size % 2);
  }
  throw bad('holds no data chunk');
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

function readFormat(view: DataView, at: number): Format {
  const code = view.getUint16(at, true);
  const format = {
    // In the extensible form the real code stands at the head of the sub-format's GUID.
    code: code === extensible ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  if (format.code === mulaw || format.code === alaw)
    throw bad('is G.711; convert it to PCM first (sox in.wav -e signed -b 16 out.wav)');
  if (format.code !== pcm && format.code !== float)
    throw bad(`has encoding ${format.code}, which is neither PCM nor float`);
  if (![8, 16, 24, 32].includes(format.bits) || (format.code === float && format.bits !== 32)) {
    throw bad(`has samples of ${format.bits} bits`);
  }
  if (format.channels === 0 || format.rate < 4000) throw bad('names no channels or no sensible rate');
  return format;
}

function readData(view: DataView, at: number, size: number, format: Format): Wav {
  const width = format.bits / 8;
  const frames = Math.floor(size / (width * format.channels));
  const sample = reader(view, format);
  const channels = Array.from({ length: format.channels }, (_, c) =>
    Int16Array.from({ length: frames }, (_, i) => sample(at + (i * format.channels + c) * width)),
  );
  return { rate: format.rate, channels };
}

function reader(view: DataView, { code, bits }: Format): (at: number) => number {
  if (code === float) {
    return (at) => Math.round(Math.max(-1, Math.min(1, view.getFloat32(at, true))) * 32767);
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
