import { type APIConnectOptions, tokenize, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { KeptSpeech } from './kept-speech.ts';
import { Making } from './making.ts';

/** Sentences that were made ready and never said are let go of beyond so many. */
const most = 12;

export interface ReadyVoiceOptions {
  /** What the calls of this process have in common. */
  kept: KeptSpeech;
  /** True for a sentence that is nobody's: it may be kept for other calls. */
  isFixed: (sentence: string) => boolean;
}

/**
 * A voice some of whose sentences are made before they are needed: fixed ones for all calls, once; and what the agent will probably say next, while the
 * caller is still falling silent. Only for voices that are asked sentence by sentence.
 */
export class ReadyVoice extends tts.TTS {
  readonly label = 'vestibule.ReadyVoice';
  readonly #voice: tts.TTS;
  readonly #options: ReadyVoiceOptions;
  readonly #ready = new Map<string, Making>();

  constructor(voice: tts.TTS, options: ReadyVoiceOptions) {
    super(voice.sampleRate, voice.numChannels, { streaming: false });
    this.#voice = voice;
    this.#options = options;
    voice.on('metrics_collected', (metrics) => this.emit('metrics_collected', metrics));
    voice.on('error', (error) => this.emit('error', error));
  }

  override get model(): string {
    return this.#voice.model;
  }

  override get provider(): string {
    return this.#voice.provider;
  }

  /** Makes what is not there yet, cut into sentences as the framework cuts it. */
  prepare(words: string): void {
    for (const sentence of new tokenize.basic.SentenceTokenizer().tokenize(words)) {
      if (this.#ready.has(sentence) || this.#options.kept.get(sentence)) continue;
      this.#ready.set(sentence, new Making(this.#voice.synthesize(sentence)));
    }
    for (const [sentence, making] of [...this.#ready].slice(0, -most)) {
      this.#ready.delete(sentence);
      making.close();
    }
  }

  synthesize(text: string, connOptions?: APIConnectOptions, signal?: AbortSignal): tts.ChunkedStream {
    const { kept, isFixed } = this.#options;
    const now = () => this.#voice.synthesize(text, connOptions, signal);
    const making = this.#ready.get(text);
    this.#ready.delete(text);
    const isKept = isFixed(text);
    const source = kept.get(text) ?? making?.audio(now) ?? (isKept ? now() : undefined);
    if (!source) return now();
    const keep = isKept ? (audio: tts.SynthesizedAudio[]) => kept.keep(text, audio) : undefined;
    return new ReadyStream(text, this, source, keep, connOptions, signal);
  }

  stream(): tts.SynthesizeStream {
    throw new Error('a ready voice is asked sentence by sentence: wrap it in tts.StreamAdapter');
  }
}

type Source = AsyncIterable<tts.SynthesizedAudio> | Iterable<tts.SynthesizedAudio>;

class ReadyStream extends tts.ChunkedStream {
  readonly label = 'vestibule.ReadyStream';
  readonly #source: Source;
  readonly #keep: ((audio: tts.SynthesizedAudio[]) => void) | undefined;

  constructor(
    text: string,
    voice: ReadyVoice,
    source: Source,
    keep: ((audio: tts.SynthesizedAudio[]) => void) | undefined,
    connOptions?: APIConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, voice, connOptions, signal);
    this.#source = source;
    this.#keep = keep;
  }

  protected async run(): Promise<void> {
    const all: tts.SynthesizedAudio[] = [];
    for await (const audio of this.#source) {
      if (this.queue.closed || this.abortSignal.aborted) return;
      all.push(audio);
      this.queue.put(fresh(audio));
    }
    if (all.at(-1)?.final) this.#keep?.(all);
  }
}

/** The framework writes to the frames that it passes on. */
function fresh({ frame, ...audio }: tts.SynthesizedAudio): tts.SynthesizedAudio {
  const { data, sampleRate, channels, samplesPerChannel } = frame;
  return { ...audio, frame: new AudioFrame(data, sampleRate, channels, samplesPerChannel) };
}
