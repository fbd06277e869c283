import { spawn } from 'node:child_process';
import { CodedError } from '@vestibule/core';
import type { Persona } from './persona.ts';
import { parseWav, telephoneSamples } from './wav.ts';

/** Peak of what is said: about −6 dBFS, as a telephone network levels it. */
const peak = 16_000;

/** Text to 8 kHz samples. */
export interface Voice {
  /** @throws CodedError `no-voice` when the synthesiser is missing or fails. */
  speak(text: string): Promise<Int16Array>;
}

/** flite's or espeak-ng's voice, one process per utterance; what was said once is kept. */
export function synthesiser(name: Persona['voice']): Voice {
  const kept = new Map<string, Promise<Int16Array>>();
  return {
    speak(text) {
      const known = kept.get(text);
      if (known) return known;
      const made = synthesise(name, text);
      kept.set(text, made);
      return made;
    },
  };
}

async function synthesise(name: Persona['voice'], text: string): Promise<Int16Array> {
  const command = name === 'espeak-ng' ? 'espeak-ng' : 'flite';
  const bytes = await outputOf(command, name, text);
  try {
    return levelled(trimmed(telephoneSamples(parseWav(bytes))));
  } catch (cause) {
    throw new CodedError('no-voice', `${command} returned no sound`, { cause });
  }
}

/** flite opens its output by name, which fails on the socket that Node gives a child; cat makes a pipe of it. */
const scripts = {
  flite: 'command -v flite >/dev/null || exit 127; flite -voice "$1" -t "$2" -o /dev/stdout | cat',
  'espeak-ng': 'exec espeak-ng -v en-us -s 150 --stdout -- "$2"',
};

function outputOf(command: keyof typeof scripts, voice: string, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', scripts[command], 'sh', voice, text], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (cause) => reject(new CodedError('no-voice', `cannot start ${command}`, { cause })));
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else if (code === 127) {
        reject(new CodedError('no-voice', `${command} is not installed (apt-get install ${command})`));
      } else reject(new CodedError('no-voice', `${command} ended with ${code}`));
    });
  });
}

/** Without the silence before and after, of which 40 ms stay: turn-taking is timed by what is heard. */
function trimmed(samples: Int16Array): Int16Array {
  const loud = (sample: number) => Math.abs(sample) > 200;
  const first = samples.findIndex(loud);
  if (first < 0) return samples;
  return samples.slice(Math.max(0, first - 320), samples.findLastIndex(loud) + 320);
}

function levelled(samples: Int16Array): Int16Array {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  return samples.map((sample) => Math.round((sample * peak) / highest));
}
