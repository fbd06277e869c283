import { spawn } from 'node:child_process';
import { CodedError } from '@vestibule/core';
import { readWav, tidy, type Sound } from '../sound/pcm.ts';
import { resample } from '../sound/resample.ts';
import type { LocalVoice } from './voices.ts';

/** Processes at a time; each takes a core for some 40 ms a sentence. */
const concurrent = 2;
/** Cached speech, in bytes; a ten-item intake's fixed prompts take about 3 MB. */
const cacheBytes = 32 * 1024 * 1024;

/** Speaks single sentences with flite or espeak-ng, and remembers what it said. */
export class Synthesiser {
  readonly #cache = new Map<string, Sound>();
  #cached = 0;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws CodedError `no-speech` when the program is missing or fails. */
  async speak(voice: LocalVoice, sentence: string, rate: number, signal: AbortSignal): Promise<Sound> {
    const key = `${voice.program}/${voice.voice}/${rate}/${sentence}`;
    const known = this.#cache.get(key);
    if (known) {
      this.#cache.delete(key);
      this.#cache.set(key, known);
      return known;
    }
    const spoken = resample(tidy(readWav(await this.#run(voice, sentence, signal))), rate);
    this.#remember(key, spoken);
    return spoken;
  }

  async #run(voice: LocalVoice, sentence: string, signal: AbortSignal): Promise<Buffer> {
    while (this.#running >= concurrent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      return await output(...commandOf(voice, sentence), signal);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  #remember(key: string, sound: Sound): void {
    this.#cache.set(key, sound);
    this.#cached += sound.samples.byteLength;
    for (const [oldest, { samples }] of this.#cache) {
      if (this.#cached <= cacheBytes) break;
      this.#cache.delete(oldest);
      this.#cached -= samples.byteLength;
    }
  }
}

/** flite opens its output by name, and Node's pipes are sockets, which cannot be opened so: hence the cat. */
const flite = 'flite -voice "$1" -t "$2" -o /dev/stdout | cat';

function commandOf(voice: LocalVoice, sentence: string): [string, string[], string] {
  return voice.program === 'flite'
    ? ['sh', ['-c', flite, 'flite', voice.voice, sentence], '']
    : ['espeak-ng', ['-v', voice.voice, '--stdin', '--stdout'], sentence];
}

function output(program: string, args: string[], input: string, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const failed = (cause?: unknown) =>
      reject(new CodedError('no-speech', `${program} did not speak`, { cause }));
    const child = spawn(program, args, { signal, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 && chunks.length > 0 ? resolve(Buffer.concat(chunks)) : failed(),
    );
  });
}
