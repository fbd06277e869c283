import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = resolve(import.meta.dirname, '../../.local/wer');

export const voices = ['rms', 'awb', 'kal16', 'slt', 'espeak'] as const;
export type Voice = (typeof voices)[number];
/** Those the target is set for; the agent speaks with slt, and espeak-ng is a voice nothing was fitted to. */
export const callerVoices: readonly Voice[] = ['rms', 'awb', 'kal16'];

/**
 * What a phone call would carry: spoken by the voice, 8 kHz, through mu-law and back, with 0.3 s of silence before and
 * 0.8 s after. Signed 16-bit samples. Kept in `.local/wer`.
 */
export async function speak(voice: Voice, text: string): Promise<Buffer> {
  const name = createHash('sha256').update(`${voice}\n${text}`).digest('hex').slice(0, 20);
  const file = join(cache, `${name}.raw`);
  if (!(await exists(file))) await make(voice, text, join(cache, name));
  return readFile(file);
}

async function make(voice: Voice, text: string, base: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const wav = `${base}.wav`;
  if (voice === 'espeak') await run('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', wav, text]);
  else await run('flite', ['-voice', voice, '-t', text, '-o', wav]);
  const phone = ['-r', '8000', '-e', 'mu-law', '-b', '8', '-c', '1', '-t', 'raw'];
  await run('sox', [wav, ...phone, `${base}.ul`, 'rate']);
  const linear = ['-e', 'signed', '-b', '16', '-t', 'raw', `${base}.part`, 'pad', '0.3', '0.8'];
  await run('sox', [...phone, `${base}.ul`, ...linear]);
  await rename(`${base}.part`, `${base}.raw`);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
