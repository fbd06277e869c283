import type { tts } from '@livekit/agents';

/** Ten minutes: 19 MB at 16 kHz. */
const mostMs = 600_000;

/** Fixed sentences as one voice says them, for all calls of a process; those that were not said for longest go first. Nothing of a caller's is kept. */
export class KeptSpeech {
  readonly #sentences = new Map<string, readonly tts.SynthesizedAudio[]>();
  #ms = 0;

  get(sentence: string): readonly tts.SynthesizedAudio[] | undefined {
    const audio = this.#sentences.get(sentence);
    if (!audio) return undefined;
    this.#sentences.delete(sentence);
    this.#sentences.set(sentence, audio);
    return audio;
  }

  keep(sentence: string, audio: readonly tts.SynthesizedAudio[]): void {
    if (this.#sentences.has(sentence)) return;
    this.#sentences.set(sentence, audio);
    this.#ms += msOf(audio);
    for (const [oldest, old] of this.#sentences) {
      if (this.#ms <= mostMs) return;
      this.#sentences.delete(oldest);
      this.#ms -= msOf(old);
    }
  }
}

const msOf = (audio: readonly tts.SynthesizedAudio[]) =>
  audio.reduce((sum, { frame }) => sum + (frame.samplesPerChannel / frame.sampleRate) * 1000, 0);
