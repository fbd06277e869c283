import { llm, tts, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

const rate = 16_000;

/** A model that says and calls what it is told to, one answer after the other. */
export class ScriptedLlm extends llm.LLM {
  readonly #answers: llm.ChatChunk[][] = [];
  #calls = 0;

  /** `text`: said; `tools`: name and arguments of each call, in one answer. */
  willAnswer(text: string, ...tools: [name: string, args: object][]): void {
    const delta = (content: Omit<llm.ChoiceDelta, 'role'>): llm.ChatChunk => ({
      id: 'answer',
      delta: { role: 'assistant', ...content },
    });
    const calls = tools.map(([name, args]) =>
      llm.FunctionCall.create({ callId: `call_${++this.#calls}`, name, args: JSON.stringify(args) }),
    );
    this.#answers.push([
      ...(text === '' ? [] : [delta({ content: text })]),
      ...calls.map((call) => delta({ toolCalls: [call] })),
      {
        id: 'answer',
        usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2, promptCachedTokens: 0 },
      },
    ]);
  }

  /** What it was not asked for is not kept for the next turn. */
  forget(): void {
    this.#answers.length = 0;
  }

  label(): string {
    return 'scripted';
  }

  chat(request: Parameters<llm.LLM['chat']>[0]): llm.LLMStream {
    const answer = this.#answers.shift();
    if (!answer) throw new Error('the model was asked once more than the test expects');
    return new ScriptedStream(this, request, answer);
  }
}

class ScriptedStream extends llm.LLMStream {
  readonly #answer: readonly llm.ChatChunk[];

  constructor(parent: llm.LLM, request: Parameters<llm.LLM['chat']>[0], answer: readonly llm.ChatChunk[]) {
    super(parent, { ...request, connOptions: { maxRetry: 0, retryIntervalMs: 1, timeoutMs: 1000 } });
    this.#answer = answer;
  }

  protected async run(): Promise<void> {
    for (const chunk of this.#answer) this.queue.put(chunk);
  }
}

/** Makes 20 ms of silence of every sentence. */
export class SilentTts extends tts.TTS {
  label = 'silent';

  constructor() {
    super(rate, 1, { streaming: false });
  }

  synthesize(text: string): tts.ChunkedStream {
    return new SilentStream(text, this);
  }

  stream(): tts.SynthesizeStream {
    throw new Error('not a streaming voice');
  }
}

class SilentStream extends tts.ChunkedStream {
  label = 'silent';

  protected async run(): Promise<void> {
    const frame = new AudioFrame(new Int16Array(rate / 50), rate, 1, rate / 50);
    this.queue.put({ requestId: 'r', segmentId: 's', frame, final: true });
  }
}

/** A loudspeaker that plays in no time. */
export class Loudspeaker extends voice.AudioOutput {
  #seconds = 0;

  constructor() {
    super(rate);
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#seconds === 0) this.onPlaybackStarted(Date.now());
    this.#seconds += frame.samplesPerChannel / frame.sampleRate;
  }

  override flush(): void {
    super.flush();
    const playbackPosition = this.#seconds;
    this.#seconds = 0;
    if (playbackPosition > 0) this.onPlaybackFinished({ playbackPosition, interrupted: false });
  }

  clearBuffer(): void {}
}
