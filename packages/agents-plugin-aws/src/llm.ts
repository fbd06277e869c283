import { randomUUID } from 'node:crypto';
import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import {
  APIConnectionError,
  type APIConnectOptions,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
} from '@livekit/agents';
import { toConversation, toToolConfiguration } from './chat-context.ts';
import { RefusalError, toApiError } from './errors.ts';
import type { BedrockModel } from './models.ts';
import { Patience } from './patience.ts';

export interface LLMOptions {
  /** A Bedrock model id, inference profile id or ARN. */
  model: BedrockModel;
  temperature?: number;
  maxTokens: number;
  client?: BedrockRuntimeClient;
  clientConfig?: BedrockRuntimeClientConfig;
}

/**
 * Amazon Bedrock (ConverseStream) as a LiveKit LLM. `connOptions.timeoutMs` limits the silence before the first event
 * and between two events.
 */
export class LLM extends llm.LLM {
  /**
   * Told of each request's body, as it goes on the wire, before it goes; the request waits for it. When it rejects, nothing
   * is sent. The framework's retries are requests of their own; those of the SDK send the same body again.
   */
  onRequest: ((body: Uint8Array) => Promise<unknown>) | undefined;
  readonly #options: LLMOptions;
  readonly #client: BedrockRuntimeClient;

  constructor(options: Partial<LLMOptions> & Pick<LLMOptions, 'model'>) {
    super();
    this.#options = { maxTokens: 400, ...options };
    this.#client = options.client ?? new BedrockRuntimeClient(options.clientConfig ?? {});
  }

  label(): string {
    return 'aws.LLM';
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return 'Amazon Bedrock';
  }

  chat(request: Parameters<llm.LLM['chat']>[0]): LLMStream {
    return new LLMStream(this, this.#client, this.#options, request);
  }
}

/** Shows a command's body, once it is made and before anything is sent. */
function tell({ middlewareStack }: ConverseStreamCommand, onRequest: LLM['onRequest']): void {
  if (!onRequest) return;
  middlewareStack.add(
    (next) => async (args) => {
      const { body } = args.request as { body: string | Uint8Array };
      await onRequest(typeof body === 'string' ? Buffer.from(body) : new Uint8Array(body));
      return next(args);
    },
    { step: 'build', name: 'tellOfRequest', priority: 'low' },
  );
}

type Request = Parameters<llm.LLM['chat']>[0];
type Delta = Omit<llm.ChoiceDelta, 'role'>;

/** Reasons to stop that make an answer none: by a guardrail, a filter, the model's own refusal, or what it put out. */
const refusals: ReadonlySet<string> = new Set([
  'guardrail_intervened',
  'content_filtered',
  'refusal',
  'malformed_model_output',
  'malformed_tool_use',
]);

/** What Converse takes as the id of a tool's use: a model's is sent back to it with each request that follows. */
const toolUseId = /^[A-Za-z0-9_.:-]{1,64}$/;

/** An answer is whole with its messageStop; how much it used comes right after it, and is not waited for much longer, ms. */
const usageMs = 500;

interface PendingCall {
  callId: string;
  name: string;
  args: string;
}

/** How much of an answer has come. A token stands for a few characters, rarely for more than a dozen; who sends more than this pays no heed to what was asked for. */
const charactersOfToken = 50;

/** Holds an answer to the tokens that were asked for, so that none fills the memory. */
class Measure {
  readonly #most: number;
  #size = 0;

  constructor(maxTokens: number) {
    this.#most = maxTokens * charactersOfToken;
  }

  /** @throws APIConnectionError, not retryable, when it is too much */
  take({ contentBlockStart, contentBlockDelta }: ConverseStreamOutput): void {
    const { text, toolUse } = contentBlockDelta?.delta ?? {};
    const started = contentBlockStart
      ? charactersOfToken + (contentBlockStart.start?.toolUse?.name?.length ?? 0)
      : 0;
    this.#size += (text?.length ?? 0) + (toolUse?.input?.length ?? 0) + started;
    if (this.#size <= this.#most) return;
    const message = 'Amazon Bedrock: the answer is longer than was asked for';
    throw new APIConnectionError({ message, options: { retryable: false } });
  }
}

export class LLMStream extends llm.LLMStream {
  readonly #parent: LLM;
  readonly #client: BedrockRuntimeClient;
  readonly #options: LLMOptions;
  readonly #choice: llm.ToolChoice | undefined;
  readonly #ids: Set<string>;
  #requestId = '';
  #emitted = false;

  constructor(parent: LLM, client: BedrockRuntimeClient, options: LLMOptions, request: Request) {
    const connOptions: APIConnectOptions = request.connOptions ?? DEFAULT_API_CONNECT_OPTIONS;
    super(parent, { ...request, connOptions });
    this.#parent = parent;
    this.#client = client;
    this.#options = options;
    this.#choice = request.toolChoice;
    this.#ids = new Set(this.chatCtx.items.flatMap((item) => ('callId' in item ? [item.callId] : [])));
  }

  protected async run(): Promise<void> {
    const { model, temperature, maxTokens } = this.#options;
    const conversation = toConversation(this.chatCtx);
    const toolConfig = toToolConfiguration(this.toolCtx, this.#choice, conversation);
    const patience = new Patience(this.connOptions.timeoutMs, this.abortController.signal);
    try {
      const request = new ConverseStreamCommand({
        modelId: model,
        ...conversation,
        inferenceConfig: { maxTokens, ...(temperature === undefined ? {} : { temperature }) },
        ...(toolConfig === undefined ? {} : { toolConfig }),
      });
      tell(request, this.#parent.onRequest);
      const response = await patience.wait(this.#client.send(request, { abortSignal: patience.signal }));
      this.#requestId = response.$metadata.requestId ?? '';
      await this.#read(patience, response.stream);
    } catch (error) {
      if (this.abortController.signal.aborted) return;
      throw toApiError('Amazon Bedrock', error, this.#emitted);
    }
  }

  async #read(patience: Patience, stream: AsyncIterable<ConverseStreamOutput> | undefined): Promise<void> {
    const measure = new Measure(this.#options.maxTokens);
    // Blocks may come interleaved: each piece names its own.
    const calls = new Map<number | undefined, PendingCall>();
    let stopped = false;
    for await (const event of patience.each(stream, () => (stopped ? usageMs : undefined))) {
      measure.take(event);
      const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } = event;
      const start = contentBlockStart?.start?.toolUse;
      if (start) {
        const callId = this.#idFor(start.toolUseId);
        calls.set(contentBlockStart?.contentBlockIndex, { callId, name: start.name ?? '', args: '' });
        // Its arguments come piece by piece: who waits for a first token has waited long enough.
        this.#begin();
      }
      const delta = contentBlockDelta?.delta;
      if (delta?.text && !stopped) this.#put({ content: delta.text });
      const open = calls.get(contentBlockDelta?.contentBlockIndex);
      if (delta?.toolUse && open) open.args += delta.toolUse.input ?? '';
      if (contentBlockStop) this.#call(calls, contentBlockStop.contentBlockIndex);
      if (messageStop) {
        stopped = true;
        const reason = messageStop.stopReason ?? '';
        if (refusals.has(reason)) throw new RefusalError('Amazon Bedrock', reason);
      }
      if (metadata?.usage) this.#usage(metadata.usage);
      if (metadata && stopped) return;
    }
    // A ConverseStream that was cut ends like a whole one: only messageStop tells them apart.
    if (!stopped) {
      throw new APIConnectionError({
        message: 'Amazon Bedrock: the answer was cut off',
        options: { retryable: !this.#emitted },
      });
    }
  }

  /** A block is whole. */
  #call(calls: Map<number | undefined, PendingCall>, index: number | undefined): void {
    const call = calls.get(index);
    if (!call) return;
    calls.delete(index);
    this.#put({ toolCalls: [llm.FunctionCall.create({ ...call, args: call.args || '{}' })] });
  }

  /** The model's own id, where Converse will take it back: of its form, and used once. Or one in its place. */
  #idFor(given: string | undefined): string {
    const isFresh = given !== undefined && toolUseId.test(given) && !this.#ids.has(given);
    const id = isFresh ? given : `tooluse_${randomUUID()}`;
    this.#ids.add(id);
    return id;
  }

  /** An empty delta: neither words nor a tool call, and no reason against another attempt. */
  #begin(): void {
    if (!this.queue.closed) this.queue.put({ id: this.#requestId, delta: { role: 'assistant' } });
  }

  #put(delta: Delta): void {
    if (this.queue.closed) return;
    this.#emitted = true;
    this.queue.put({ id: this.#requestId, delta: { role: 'assistant', ...delta } });
  }

  #usage({ inputTokens = 0, outputTokens = 0, totalTokens = 0, cacheReadInputTokens = 0 }: TokenUsage): void {
    if (this.queue.closed) return;
    const usage = {
      promptTokens: inputTokens,
      completionTokens: outputTokens,
      totalTokens,
      promptCachedTokens: cacheReadInputTokens,
    };
    this.queue.put({ id: this.#requestId, usage });
  }
}
