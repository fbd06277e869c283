import { type APIConnectOptions, tokenize, tts } from '@livekit/agents';

/** Sentences that were made ready and never said are let go of beyond so many. */
const kept = 12;

/**
 * A voice some of whose sentences are made before they are needed: what the agent will probably say next, while the caller is still
 * falling silent. Each is said once. Only for voices that are asked sentence by sentence.
 */
export class ReadyVoice extends tts.TTS {
  readonly label = 'vestibule.ReadyVoice';
  readonly #voice: tts.TTS;
  readonly #ready = new Map<string, Making>();

  constructor(voice: tts.TTS) {
    super(voice.sampleRate, voice.numChannels, { streaming: false });
    this.#voice = voice;
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
      if (!this.#ready.has(sentence)) this.#ready.set(sentence, new Making(this.#voice.synthesize(sentence)));
    }
    for (const [sentence, making] of [...this.#ready].slice(0, -kept)) {
      this.#ready.delete(sentence);
      making.close();
    }
  }

  synthesize(text: string, connOptions?: APIConnectOptions, signal?: AbortSignal): tts.ChunkedStream {
    const making = this.#ready.get(text);
    this.#ready.delete(text);
    if (!making) return this.#voice.synthesize(text, connOptions, signal);
    const otherwise = () => this.#voice.synthesize(text, connOptions, signal);
    return new ReadyStream(text, this, making, otherwise, connOptions, signal);
  }

  stream(): tts.SynthesizeStream {
    throw new Error('a ready voice is asked sentence by sentence: wrap it in tts.StreamAdapter');
  }
}

/** What is being made, for one reader, who may come later. */
class Making {
  readonly #stream: tts.ChunkedStream;
  readonly #audio: tts.SynthesizedAudio[] = [];
  #more = Promise.withResolvers<void>();
  /** Undefined while it goes on. */
  #isWhole: boolean | undefined;

  constructor(stream: tts.ChunkedStream) {
    this.#stream = stream;
    void this.#make().then((isWhole) => {
      this.#isWhole = isWhole;
      this.#more.resolve();
    });
  }

  async #make(): Promise<boolean> {
    try {
      for await (const audio of this.#stream) {
        this.#audio.push(audio);
        this.#more.resolve();
        this.#more = Promise.withResolvers();
      }
      return this.#audio.length > 0;
    } catch {
      return false;
    }
  }

  /** @returns false when it broke off */
  async read(take: (audio: tts.SynthesizedAudio) => void): Promise<boolean> {
    for (let at = 0; ;) {
      const more = this.#more.promise;
      while (at < this.#audio.length) take(this.#audio[at++]!);
      if (this.#isWhole !== undefined) return this.#isWhole;
      await more;
    }
  }

  close(): void {
    this.#stream.close();
  }
}

class ReadyStream extends tts.ChunkedStream {
  readonly label = 'vestibule.ReadyStream';
  readonly #making: Making;
  readonly #otherwise: () => tts.ChunkedStream;

  constructor(
    text: string,
    voice: ReadyVoice,
    making: Making,
    otherwise: () => tts.ChunkedStream,
    connOptions?: APIConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, voice, connOptions, signal);
    this.#making = making;
    this.#otherwise = otherwise;
  }

  protected async run(): Promise<void> {
    let isHeard = false;
    const isWhole = await this.#making.read((audio) => {
      isHeard = true;
      if (!this.queue.closed) this.queue.put(audio);
    });
    if (isWhole || isHeard || this.abortSignal.aborted) return;
    for await (const audio of this.#otherwise()) if (!this.queue.closed) this.queue.put(audio);
  }
}
