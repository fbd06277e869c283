import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '@vestibule/core';

/**
 * 32 kbit/s for both channels: about 29 kbit/s of a telephone call, and less than -60 dB of one channel in the other (measured). Narrowband speech
 * gains nothing by more.
 */
const options = ['--quiet', '--bitrate', '32', '--raw', '--raw-bits', '16', '--raw-rate', '8000'];

/**
 * Ogg Opus of 16-bit linear PCM (8 kHz, interleaved) by Debian's opusenc, a process of its own that sees pipes alone: no audio is put in a file.
 * @throws CodedError `not-encoded`
 */
export async function encodeOpus(pcm: Iterable<Buffer>, channels: number): Promise<Buffer> {
  const args = [...options, '--raw-chan', String(channels), '-', '-'];
  const child = spawn('/usr/bin/opusenc', args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const encoded: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => encoded.push(data));
  try {
    await once(child, 'spawn');
    await pipeline(Readable.from(pcm), child.stdin);
    const [[code]] = await Promise.all([ended, once(child.stdout, 'close')]);
    if (code !== 0) throw new Error(`opusenc ended with ${code}`);
    return Buffer.concat(encoded);
  } catch (cause) {
    child.kill('SIGKILL');
    ended.catch(() => {});
    throw new CodedError('not-encoded', 'opusenc did not encode the recording', { cause });
  }
}
