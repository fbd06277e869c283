import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CodedError } from '@vestibule/core';
import type { OutputFormat } from './request.ts';

export const contentTypes: Record<OutputFormat, string> = {
  mp3: 'audio/mpeg',
  ogg_opus: 'audio/ogg',
  ogg_vorbis: 'audio/ogg',
  pcm: 'audio/pcm',
};

/**
 * Encodes a stream of PCM as it is produced.
 * @throws CodedError `no-encoder` when lame, oggenc or opusenc is missing or fails.
 */
export async function* encode(
  pcm: AsyncIterable<Uint8Array, void>,
  format: OutputFormat,
  rate: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (format === 'pcm') return yield* pcm;
  const child = spawn(...commandOf(format, rate), { signal, stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child, 'spawn').catch((cause: unknown) => {
    throw new CodedError('no-encoder', 'the encoder cannot be started', { cause });
  });
  let failure: unknown;
  child.once('error', (error) => (failure = error));
  child.stdin.on('error', (error) => (failure ??= error));
  const closed = once(child, 'close').catch(() => [1]);
  const fed = feed(pcm, child.stdin).catch((error: unknown) => {
    failure ??= error;
    child.kill();
  });
  yield* child.stdout as AsyncIterable<Uint8Array, void>;
  await fed;
  const [code] = (await closed) as [number | null];
  if (failure !== undefined || code !== 0) {
    throw new CodedError('no-encoder', 'the encoder failed', { cause: failure });
  }
}

async function feed(pcm: AsyncIterable<Uint8Array>, stdin: NodeJS.WritableStream): Promise<void> {
  for await (const chunk of pcm) {
    if (!stdin.write(chunk)) await once(stdin, 'drain');
  }
  stdin.end();
}

function commandOf(format: 'mp3' | 'ogg_opus' | 'ogg_vorbis', rate: number): [string, string[]] {
  if (format === 'mp3') {
    const input = [
      '-r',
      '-s',
      String(rate / 1000),
      '--signed',
      '--little-endian',
      '--bitwidth',
      '16',
      '-m',
      'm',
    ];
    return [
      'lame',
      ['--quiet', '--flush', '--preset', 'cbr', rate <= 8000 ? '24' : '48', ...input, '-', '-'],
    ];
  }
  if (format === 'ogg_vorbis') {
    return [
      'oggenc',
      ['--quiet', '--raw', '-B', '16', '-C', '1', '-R', String(rate), '-q', '3', '-o', '-', '-'],
    ];
  }
  const input = ['--raw', '--raw-bits', '16', '--raw-chan', '1', '--raw-rate', String(rate)];
  return ['opusenc', ['--quiet', ...input, '--bitrate', '32', '-', '-']];
}
