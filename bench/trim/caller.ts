import { speak, type Voice } from '../wer/voices.ts';

const samplesPerMs = 8;
/** Voices are far above this, and the silence around them is digital. */
const audible = 300;

export interface Utterance {
  text: string;
  /** ms on the line: of the voice, without silence around it. */
  startMs: number;
  endMs: number;
}

/** A caller's side of a call, 8 kHz: what is said and when, with silence while the agent speaks. */
export interface CallerSide {
  pcm: Int16Array;
  utterances: Utterance[];
}

/** Answers of one voice, each after a question of 3 to 8 s, on a line with noise of that RMS (16-bit samples). */
export async function callerSide(
  voice: Voice,
  answers: readonly string[],
  noise: number,
  random: () => number,
): Promise<CallerSide> {
  const pieces: Int16Array[] = [];
  const utterances: Utterance[] = [];
  let atMs = 0;
  const add = (samples: Int16Array) => {
    pieces.push(samples);
    atMs += samples.length / samplesPerMs;
  };
  for (const text of answers) {
    add(new Int16Array(Math.round(3000 + 5000 * random()) * samplesPerMs));
    const file = await speak(voice, text);
    const samples = new Int16Array(file.buffer, file.byteOffset, file.length >> 1);
    const [first, last] = [samples.findIndex(isAudible), samples.findLastIndex(isAudible)];
    utterances.push({ text, startMs: atMs + first / samplesPerMs, endMs: atMs + last / samplesPerMs });
    add(samples);
  }
  add(new Int16Array(4000 * samplesPerMs));
  return { pcm: noisy(pieces, noise, random), utterances };
}

const isAudible = (sample: number) => Math.abs(sample) > audible;

function noisy(pieces: readonly Int16Array[], rms: number, random: () => number): Int16Array {
  const pcm = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  // Three uniform numbers are near enough to a normal one, of a third of the variance of one each.
  if (rms > 0)
    for (let i = 0; i < pcm.length; i++) {
      const value = pcm[i]! + rms * 2 * (random() + random() + random() - 1.5);
      pcm[i] = Math.max(-32768, Math.min(32767, Math.round(value)));
    }
  return pcm;
}
