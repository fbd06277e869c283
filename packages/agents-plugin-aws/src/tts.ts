import { PollyClient, type PollyClientConfig, SynthesizeSpeechCommand } from '@aws-sdk/client-polly';
import { type APIConnectOptions, DEFAULT_API_CONNECT_OPTIONS, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { toApiError } from './errors.ts';
import type { PollyEngine, PollyVoice } from './models.ts';
import { Patience } from './patience.ts';

export interface TTSOptions {
  voice: PollyVoice;
  engine: PollyEngine;
  /** Hz; what Polly gives as pcm. */
  sampleRate: 8000 | 16000;
  language?: string;
  client?: PollyClient;
  clientConfig?: PollyClientConfig;
}

const defaults: TTSOptions = { voice: 'Joanna', engine: 'neural', sampleRate: 16000 };

/**
 * Amazon Polly (SynthesizeSpeech, pcm) as a LiveKit TTS: one request a sentence, audio passed on as it arrives.
 * `connOptions.timeoutMs` limits the silence before the first byte and between two pieces.
 */
export class TTS extends tts.TTS {
  label = 'aws.TTS';
  readonly #options: TTSOptions;
  readonly #client: PollyClient;

  constructor(options: Partial<TTSOptions> = {}) {
    const merged = { ...defaults, ...options };
    super(merged.sampleRate, 1, { streaming: false });
    this.#options = merged;
    this.#client = options.client ?? new PollyClient(options.clientConfig ?? {});
  }

  override get model(): string {
    return this.#options.engine;
  }

  override get provider(): string {
    return 'Amazon Polly';
  }

  synthesize(text: string, connOptions?: APIConnectOptions, abortSignal?: AbortSignal): ChunkedStream {
    return new ChunkedStream(this, this.#client, this.#options, text, connOptions, abortSignal);
  }

  stream(): tts.SynthesizeStream {
    throw new Error('Amazon Polly is asked sentence by sentence: wrap it in tts.StreamAdapter');
  }
}

export class ChunkedStream extends tts.ChunkedStream {
  label = 'aws.ChunkedStream';
  readonly #client: PollyClient;
  readonly #options: TTSOptions;
  readonly #timeoutMs: number;

  constructor(
    parent: TTS,
    client: PollyClient,
    options: TTSOptions,
    text: string,
    connOptions: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    abortSignal?: AbortSignal,
  ) {
    super(text, parent, connOptions, abortSignal);
    this.#client = client;
    this.#options = options;
    this.#timeoutMs = connOptions.timeoutMs;
  }

  protected async run(): Promise<void> {
    const { voice, engine, sampleRate, language } = this.#options;
    const patience = new Patience(this.#timeoutMs, this.abortSignal);
    let emitted = false;
    try {
      const request = new SynthesizeSpeechCommand({
        Text: this.inputText,
        VoiceId: voice as never,
        Engine: engine,
        OutputFormat: 'pcm',
        SampleRate: String(sampleRate),
        ...(language === undefined ? {} : { LanguageCode: language as never }),
      });
      const response = await patience.wait(this.#client.send(request, { abortSignal: patience.signal }));
      const requestId = response.$metadata.requestId ?? '';
      const audio = patience.each(response.AudioStream as unknown as AsyncIterable<Uint8Array>);
      for await (const { frame, final } of frames(audio, sampleRate)) {
        if (this.queue.closed || this.abortSignal.aborted) return;
        emitted = true;
        this.queue.put({ requestId, segmentId: requestId, frame, final });
      }
    } catch (error) {
      if (this.abortSignal.aborted) return;
      throw toApiError('Amazon Polly', error, emitted);
    }
  }
}

/** Frames of 20 ms cut from a stream of 16-bit little-endian samples, whose chunks may end in mid-sample. */
export async function* frames(
  audio: AsyncIterable<Uint8Array>,
  sampleRate: number,
): AsyncGenerator<{ frame: AudioFrame; final: boolean }> {
  const size = (sampleRate / 50) * 2;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of audio) {
    rest = Buffer.concat([rest, chunk]);
    // One frame is held back, so that the last one can be marked.
    for (; rest.length > size; rest = rest.subarray(size))
      yield { frame: toFrame(rest.subarray(0, size), sampleRate), final: false };
  }
  const whole = rest.subarray(0, rest.length - (rest.length % 2));
  if (whole.length > 0) yield { frame: toFrame(whole, sampleRate), final: true };
}

function toFrame(bytes: Uint8Array, sampleRate: number): AudioFrame {
  const samples = new Int16Array(new Uint8Array(bytes).buffer);
  return new AudioFrame(samples, sampleRate, 1, samples.length);
}
