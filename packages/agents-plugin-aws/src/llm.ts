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

interface PendingCall {
  callId: string;
  name: string;
  args: string;
}

export class LLMStream extends llm.LLMStream {
  readonly #parent: LLM;
  readonly #client: BedrockRuntimeClient;
  readonly #options: LLMOptions;
  readonly #choice: llm.ToolChoice | undefined;
  #requestId = '';
  #emitted = false;

  constructor(parent: LLM, client: BedrockRuntimeClient, options: LLMOptions, request: Request) {
    const connOptions: APIConnectOptions = request.connOptions ?? DEFAULT_API_CONNECT_OPTIONS;
    super(parent, { ...request, connOptions });
    this.#parent = parent;
    this.#client = client;
    this.#options = options;
    this.#choice = request.toolChoice;
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
      await this.#read(patience.each(response.stream));
    } catch (error) {
      if (this.abortController.signal.aborted) return;
      throw toApiError('Amazon Bedrock', error, this.#emitted);
    }
  }

  async #read(events: AsyncIterable<ConverseStreamOutput>): Promise<void> {
    let call: PendingCall | undefined;
    let stopped = false;
    for await (const event of events) {
      const start = event.contentBlockStart?.start?.toolUse;
      if (start) {
        call = { callId: start.toolUseId ?? '', name: start.name ?? '', args: '' };
        // Its arguments come piece by piece: who waits for a first token has waited long enough.
        this.#begin();
      }
      const delta = event.contentBlockDelta?.delta;
      if (delta?.text) this.#put({ content: delta.text });
      if (delta?.toolUse && call) call.args += delta.toolUse.input ?? '';
      if (event.contentBlockStop && call) {
        this.#put({ toolCalls: [llm.FunctionCall.create({ ...call, args: call.args || '{}' })] });
        call = undefined;
      }
      if (event.messageStop) {
        stopped = true;
        const reason = event.messageStop.stopReason ?? '';
        if (refusals.has(reason)) throw new RefusalError('Amazon Bedrock', reason);
      }
      if (event.metadata?.usage) this.#usage(event.metadata.usage);
    }
    // A ConverseStream that was cut ends like a whole one: only messageStop tells them apart.
    if (!stopped) {
      throw new APIConnectionError({
        message: 'Amazon Bedrock: the answer was cut off',
        options: { retryable: !this.#emitted },
      });
    }
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
