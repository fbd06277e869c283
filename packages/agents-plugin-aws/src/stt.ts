import {
  type Result,
  StartStreamTranscriptionCommand,
  TranscribeStreamingClient,
  type TranscribeStreamingClientConfig,
  type TranscriptResultStream,
} from '@aws-sdk/client-transcribe-streaming';
import { APIConnectionError, type APIConnectOptions, stt } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { AudioFeed } from './audio-feed.ts';
import { toApiError } from './errors.ts';
import { Line } from './line.ts';
import type { TranscribeLanguage } from './models.ts';
import type { VoiceActivity } from './shared-vad.ts';
import { toSpeechEvents } from './transcript.ts';

export interface TrimOptions {
  /** What judges the line that is heard, and no other. Audio that it has not judged in time is sent. */
  activity: VoiceActivity;
  /** How much of the line before speech is sent, ms. */
  preRollMs: number;
  /** How much of it after speech at least; until the final has come where that takes longer, but no longer than 3 s, ms. */
  hangoverMs: number;
}

export interface STTOptions {
  language: TranscribeLanguage;
  /** Hz. 8000 is what a telephone carries; 16000 for anything wider. */
  sampleRate: 8000 | 16000;
  /** Name of a Transcribe custom vocabulary. */
  vocabulary?: string;
  /** Name of a Transcribe custom language model. */
  languageModel?: string;
  /** How soon partials are declared stable; `undefined` switches stabilisation off. */
  stability?: 'high' | 'medium' | 'low';
  /** Audio that did not come for this long (ms) is a gap, which silence fills. */
  gapMs: number;
  /** Only speech is sent; without it, all of the line. */
  trim?: TrimOptions;
  client?: TranscribeStreamingClient;
  clientConfig?: TranscribeStreamingClientConfig;
}

const defaults: STTOptions = { language: 'en-US', sampleRate: 8000, stability: 'high', gapMs: 250 };

/** What Transcribe bills is told in pieces of so much audio, ms. */
const usageEveryMs = 5000;

/** Amazon Transcribe streaming as a LiveKit STT. Partials carry whatever the caller says: they are never logged. */
export class STT extends stt.STT {
  label = 'aws.STT';
  readonly #options: STTOptions;
  readonly #client: TranscribeStreamingClient;

  constructor(options: Partial<STTOptions> = {}) {
    super({ streaming: true, interimResults: true, alignedTranscript: 'word' });
    this.#options = { ...defaults, ...options };
    this.#client = options.client ?? new TranscribeStreamingClient(options.clientConfig ?? {});
  }

  override get model(): string {
    return this.#options.languageModel ?? this.#options.language;
  }

  override get provider(): string {
    return 'Amazon Transcribe';
  }

  protected _recognize(): Promise<stt.SpeechEvent> {
    return Promise.reject(new Error('Amazon Transcribe recognises streams only: use stream()'));
  }

  /** The same for one line of which only speech is sent. */
  trimmed(trim: TrimOptions): STT {
    return new STT({ ...this.#options, client: this.#client, trim });
  }

  stream(options: { connOptions?: APIConnectOptions } = {}): SpeechStream {
    return new SpeechStream(this, this.#client, this.#options, options.connOptions);
  }
}

/** One Transcribe stream: what goes into it, and when it began, on the line's clock (ms). */
interface Attempt {
  feed: AudioFeed;
  beganAt: number;
}

/** One caller's audio, across as many Transcribe streams as faults and the 4 h limit make it. */
export class SpeechStream extends stt.SpeechStream {
  label = 'aws.SpeechStream';
  readonly #client: TranscribeStreamingClient;
  readonly #options: STTOptions;
  readonly #line: Line;
  readonly #unfollow: (() => void) | undefined;
  #feed: AudioFeed | undefined;
  #pump: Promise<void> | undefined;
  #inputEnded = false;

  constructor(
    parent: STT,
    client: TranscribeStreamingClient,
    options: STTOptions,
    connOptions?: APIConnectOptions,
  ) {
    super(parent, options.sampleRate, connOptions);
    this.#client = client;
    this.#options = options;
    this.#line = new Line(options);
    this.#unfollow = options.trim?.activity.follow((window) => this.#line.judged(window));
  }

  override close(): void {
    this.#unfollow?.();
    super.close();
  }

  protected async run(): Promise<void> {
    const { gapMs, sampleRate } = this.#options;
    const feed = new AudioFeed(sampleRate);
    this.#feed = feed;
    const beganAt = this.#line.attach(feed);
    this.#pump ??= this.#pumpAudio();
    if (this.#inputEnded) feed.end();
    let toldMs = 0;
    const tellUsage = (leastMs: number) => {
      const audioMs = feed.sentMs - toldMs;
      if (audioMs < leastMs || this.queue.closed) return;
      toldMs += audioMs;
      const recognitionUsage = { audioDuration: audioMs / 1000 };
      this.queue.put({ type: stt.SpeechEventType.RECOGNITION_USAGE, requestId: '', recognitionUsage });
    };
    const filling = setInterval(() => {
      this.#line.tick();
      tellUsage(usageEveryMs);
    }, gapMs);
    try {
      await this.#transcribe({ feed, beganAt });
    } catch (error) {
      if (this.abortSignal.aborted) return;
      throw toApiError('Amazon Transcribe', error);
    } finally {
      clearInterval(filling);
      feed.end();
      tellUsage(1);
    }
  }

  async #transcribe(attempt: Attempt): Promise<void> {
    const { language, sampleRate, vocabulary, languageModel, stability } = this.#options;
    const response = await this.#client.send(
      new StartStreamTranscriptionCommand({
        LanguageCode: language as never,
        MediaEncoding: 'pcm',
        MediaSampleRateHertz: sampleRate,
        ...(vocabulary === undefined ? {} : { VocabularyName: vocabulary }),
        ...(languageModel === undefined ? {} : { LanguageModelName: languageModel }),
        ...(stability === undefined
          ? {}
          : { EnablePartialResultsStabilization: true, PartialResultsStability: stability }),
        AudioStream: audioEvents(attempt.feed),
      }),
      { abortSignal: this.abortSignal },
    );
    await this.#read(response.TranscriptResultStream, attempt);
    // The SDK reports a stream that the service closed in mid-call as a normal end.
    if (!this.#inputEnded && !this.closed) {
      throw new APIConnectionError({ message: 'Amazon Transcribe closed the stream in mid-call' });
    }
  }

  async #read(results: AsyncIterable<TranscriptResultStream> | undefined, attempt: Attempt): Promise<void> {
    let speaking = false;
    for await (const { TranscriptEvent } of results ?? []) {
      for (const result of TranscriptEvent?.Transcript?.Results ?? []) {
        for (const event of this.#eventsOf(result, attempt)) {
          if (this.queue.closed) return;
          if (!speaking) this.queue.put({ type: stt.SpeechEventType.START_OF_SPEECH });
          speaking = event.type !== stt.SpeechEventType.END_OF_SPEECH;
          this.queue.put(event);
        }
      }
    }
  }

  #eventsOf(result: Result, { feed, beganAt }: Attempt): stt.SpeechEvent[] {
    const events = toSpeechEvents(result, this.#options.language, (startMs, endMs) => {
      const placed = feed.placed(startMs, endMs);
      const since = (ms: number) => this.startTimeOffset + (ms - beganAt) / 1000;
      return { startTime: since(placed.startMs), endTime: since(placed.endMs) };
    });
    const endTime = events[0]?.alternatives?.[0].endTime;
    if (endTime !== undefined)
      this.#line.heard(result.IsPartial !== true, beganAt + (endTime - this.startTimeOffset) * 1000);
    return events;
  }

  async #pumpAudio(): Promise<void> {
    for await (const frame of this.input) {
      if (frame !== SpeechStream.FLUSH_SENTINEL) this.#line.push(pcmOf(frame));
    }
    this.#inputEnded = true;
    this.#feed?.end();
  }
}

async function* audioEvents(feed: AudioFeed) {
  for await (const AudioChunk of feed) yield { AudioEvent: { AudioChunk } };
}

/** A copy: the framework may reuse a frame's buffer. */
const pcmOf = ({ data }: AudioFrame) => new Uint8Array(data.slice().buffer);
